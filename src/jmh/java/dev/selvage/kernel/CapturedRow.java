package dev.selvage.kernel;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/** A row as PostgreSQL sends it in binary. */
final class CapturedRow {
    /** Signature, flags and length of an extension, of the format of {@code COPY}. */
    private static final int HEADER = 19;

    private CapturedRow() {}

    /** The values of the only row of a query. */
    static @Nullable ByteBuf[] of(String sql) throws IOException {
        try (var server = EmbeddedPostgres.start();
                var connection = server.getPostgresDatabase().getConnection()) {
            var copied = new ByteArrayOutputStream();
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyOut("COPY (" + sql + ") TO STDOUT (FORMAT binary)", copied);
            var bytes = Unpooled.wrappedBuffer(copied.toByteArray()).skipBytes(HEADER);
            var row = new @Nullable ByteBuf[bytes.readShort()];
            for (int i = 0; i < row.length; i++) {
                int length = bytes.readInt();
                row[i] = length < 0 ? null : bytes.readSlice(length);
            }
            return row;
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
