package dev.selvage;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The gateway. */
@SpringBootApplication
public class Selvage {
    public static void main(String[] args) {
        SpringApplication.run(Selvage.class, args);
    }
}
