package dev.selvage;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.selvage.kernel.Listing;
import dev.selvage.kernel.ListingShapes;
import dev.selvage.kernel.Sql;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the product's repositories declare. */
final class Repositories {
    static final JavaClasses PRODUCT = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.selvage");

    /** A list, and the name of the schema's type whose records it has. */
    record DeclaredListing(String type, ListingShapes shapes) {}

    private Repositories() {}

    static List<JavaClass> all() {
        return PRODUCT.stream()
                .filter(type -> type.getSimpleName().endsWith("Repository"))
                .toList();
    }

    /** By a name to tell them by. */
    static Map<String, Sql> statements() {
        Map<String, Sql> statements = new LinkedHashMap<>();
        for (var repository : all()) {
            for (var field : constants(repository, Sql.class)) {
                statements.put(repository.getSimpleName() + "." + field.getName(), (Sql) read(field));
            }
        }
        return statements;
    }

    static List<DeclaredListing> listings() {
        var listings = new ArrayList<DeclaredListing>();
        for (var repository : all()) {
            for (var field : constants(repository, Listing.class)) {
                var type = (ParameterizedType) field.getGenericType();
                var record = (Class<?>) type.getActualTypeArguments()[0];
                listings.add(new DeclaredListing(record.getSimpleName(), new ListingShapes((Listing<?>) read(field))));
            }
        }
        return listings;
    }

    static List<Field> constants(JavaClass repository, Class<?> type) {
        return Arrays.stream(repository.reflect().getDeclaredFields())
                .filter(field -> field.getType() == type && Modifier.isStatic(field.getModifiers()))
                .toList();
    }

    private static Object read(Field field) {
        try {
            field.setAccessible(true);
            return field.get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
