/** Documents that apps publish and then call by id: who may publish them, what they are checked for, and how they are found. */
@NullMarked
package dev.selvage.documents;

import org.jspecify.annotations.NullMarked;
