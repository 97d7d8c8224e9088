package dev.selvage;

import org.springframework.boot.SpringApplication.AbandonedRunException;

/**
 * A start that cannot succeed, for a reason that is known: the message says in plain sentences what to do. Spring Boot
 * lets this one kind of exception pass without a report and a stack trace of its own.
 */
public final class StartRefused extends AbandonedRunException {
    private static final long serialVersionUID = 1L;

    private final String sentences;

    public StartRefused(String sentences) {
        this.sentences = sentences;
    }

    @Override
    public String getMessage() {
        return sentences;
    }
}
