package dev.selvage.kernel;

import io.netty.buffer.ByteBuf;
import io.r2dbc.spi.R2dbcException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** An error that PostgreSQL answered, with its {@code SQLSTATE}. */
final class ServerError extends R2dbcException {
    @java.io.Serial
    private static final long serialVersionUID = 1L;

    private static final byte MESSAGE = 'M';
    private static final byte CODE = 'C';
    private static final byte CONSTRAINT = 'n';
    private static final byte TABLE = 't';
    private static final byte COLUMN = 'c';
    private static final String INTEGRITY_CONSTRAINT_VIOLATION = "23";

    /** The constraint; of a column that must not be null, the table and the column. */
    private final @Nullable String constraint;

    private ServerError(String message, String sqlState, @Nullable String constraint) {
        super(message, sqlState);
        this.constraint = constraint;
    }

    /** @param fields of the server's message: each a letter and a text, and a zero behind the last */
    static ServerError read(ByteBuf fields) {
        String message = "";
        String code = "";
        String constraint = null;
        String table = null;
        String column = null;
        for (byte field = fields.readByte(); field != 0; field = fields.readByte()) {
            var text = fields.readString(fields.bytesBefore((byte) 0), StandardCharsets.UTF_8);
            fields.skipBytes(1);
            switch (field) {
                case MESSAGE -> message = text;
                case CODE -> code = text;
                case CONSTRAINT -> constraint = text;
                case TABLE -> table = text;
                case COLUMN -> column = text;
                default -> {
                    // Others are for whoever wrote the statement.
                }
            }
        }
        return new ServerError(message, code, constraint == null ? table + "." + column : constraint);
    }

    boolean isOf(String sqlState) {
        return sqlState.equals(getSqlState());
    }

    /** The constraint that refused what was written; null if it was none. */
    @Nullable
    String constraint() {
        return String.valueOf(getSqlState()).startsWith(INTEGRITY_CONSTRAINT_VIOLATION) ? constraint : null;
    }
}
