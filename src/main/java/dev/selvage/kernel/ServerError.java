package dev.selvage.kernel;

import io.netty.buffer.ByteBuf;
import io.r2dbc.spi.R2dbcException;
import java.nio.charset.StandardCharsets;

/** An error that PostgreSQL answered, with its {@code SQLSTATE}. */
final class ServerError extends R2dbcException {
    @java.io.Serial
    private static final long serialVersionUID = 1L;

    private static final byte MESSAGE = 'M';
    private static final byte CODE = 'C';

    private ServerError(String message, String sqlState) {
        super(message, sqlState);
    }

    /** @param fields of the server's message: each a letter and a text, and a zero behind the last */
    static ServerError read(ByteBuf fields) {
        String message = "";
        String code = "";
        for (byte field = fields.readByte(); field != 0; field = fields.readByte()) {
            var text = fields.readString(fields.bytesBefore((byte) 0), StandardCharsets.UTF_8);
            fields.skipBytes(1);
            switch (field) {
                case MESSAGE -> message = text;
                case CODE -> code = text;
                default -> {
                    // Others are for whoever wrote the statement.
                }
            }
        }
        return new ServerError(message, code);
    }

    boolean isOf(String sqlState) {
        return sqlState.equals(getSqlState());
    }
}
