/** Policies of many peers in one server: who has to endorse what, and what becomes of transactions that fall short. */
@NullMarked
package org.jangbu.tests.policy;

import org.jspecify.annotations.NullMarked;
