/** Contracts for the runtime's tests; packed into jars of their own, never loaded by the tests themselves. */
package org.jangbu.testcontracts;
