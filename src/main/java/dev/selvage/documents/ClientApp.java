package dev.selvage.documents;

import java.util.UUID;

/**
 * An application that sends operations.
 *
 * @param clientId that of its tokens
 */
public record ClientApp(UUID id, int version, String clientId, String name, DocumentPolicy policy) {}
