package dev.selvage.gateway;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** The texts that operations send to the database, as the driver tells them: those that begin with the viewer's role. */
final class SentStatements extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private final Logger driver = (Logger) LoggerFactory.getLogger("dev.selvage.kernel.Session");
    private final List<String> sent = new CopyOnWriteArrayList<>();

    /** Listens until closed. A gateway has to run before: one that starts arranges all logging anew. */
    SentStatements() {
        setContext(driver.getLoggerContext());
        start();
        driver.setLevel(Level.DEBUG);
        driver.setAdditive(false);
        driver.addAppender(this);
    }

    @Override
    protected void append(ILoggingEvent event) {
        var message = event.getFormattedMessage();
        int from = message.indexOf("/*");
        // Who a token belongs to is looked up in a transaction of its own, and remembered for a while.
        if (from >= 0 && !message.startsWith("/*system*/", from)) {
            sent.add(message.substring(from));
        }
    }

    /** What was sent since this was last asked. */
    List<String> taken() {
        var taken = List.copyOf(sent);
        sent.clear();
        return taken;
    }

    @Override
    public void close() {
        driver.detachAppender(this);
        driver.setAdditive(true);
        driver.setLevel(null);
        stop();
    }
}
