package dev.selvage.kernel;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.SQLException;
import org.postgresql.PGConnection;

/** A row as PostgreSQL sends it in binary. */
final class CapturedRow {
    /** Signature, flags and length of an extension, of the format of {@code COPY}. */
    private static final int HEADER = 19;

    private CapturedRow() {}

    /** The only row of a query, which COPY writes as it stands in a message. */
    static ByteBuf of(String sql) throws IOException {
        try (var server = EmbeddedPostgres.start();
                var connection = server.getPostgresDatabase().getConnection()) {
            var copied = new ByteArrayOutputStream();
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyOut("COPY (" + sql + ") TO STDOUT (FORMAT binary)", copied);
            return Unpooled.wrappedBuffer(copied.toByteArray(), HEADER, copied.size() - HEADER);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
