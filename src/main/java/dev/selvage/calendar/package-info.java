/** What is planned and posted on social media. */
@NullMarked
package dev.selvage.calendar;

import org.jspecify.annotations.NullMarked;
