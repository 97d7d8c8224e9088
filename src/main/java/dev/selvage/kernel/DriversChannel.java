package dev.selvage.kernel;

import io.netty.channel.Channel;
import io.r2dbc.postgresql.api.PostgresqlConnection;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;

/** Where the driver keeps the channel of a connection. It shows it to nobody, and so this depends on the driver's version. */
final class DriversChannel {
    private static final MethodHandle CLIENT;
    private static final MethodHandle CONNECTION;

    static {
        try {
            var connection = Class.forName("io.r2dbc.postgresql.PostgresqlConnection");
            var client = Class.forName("io.r2dbc.postgresql.client.ReactorNettyClient");
            CLIENT = MethodHandles.privateLookupIn(connection, MethodHandles.lookup())
                    .findGetter(connection, "client", Class.forName("io.r2dbc.postgresql.client.Client"));
            CONNECTION = MethodHandles.privateLookupIn(client, MethodHandles.lookup())
                    .findGetter(client, "connection", reactor.netty.Connection.class);
        } catch (ReflectiveOperationException another) {
            throw new IllegalStateException("This version of r2dbc-postgresql shows no channel", another);
        }
    }

    private DriversChannel() {}

    static Channel of(PostgresqlConnection connection) {
        try {
            return ((reactor.netty.Connection) CONNECTION.invoke(CLIENT.invoke(connection))).channel();
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
