package dev.selvage.kernel;

import io.r2dbc.postgresql.message.backend.ErrorResponse;
import io.r2dbc.postgresql.message.backend.Field;
import io.r2dbc.postgresql.message.backend.Field.FieldType;
import io.r2dbc.spi.R2dbcException;

/** An error that PostgreSQL answered, with its {@code SQLSTATE}. */
final class ServerError extends R2dbcException {
    @java.io.Serial
    private static final long serialVersionUID = 1L;

    private ServerError(String message, String sqlState) {
        super(message, sqlState);
    }

    static ServerError of(ErrorResponse error) {
        return new ServerError(field(error, FieldType.MESSAGE), field(error, FieldType.CODE));
    }

    boolean isOf(String sqlState) {
        return sqlState.equals(getSqlState());
    }

    private static String field(ErrorResponse error, FieldType type) {
        return error.getFields().stream()
                .filter(field -> field.getType() == type)
                .map(Field::getValue)
                .findFirst()
                .orElse("");
    }
}
