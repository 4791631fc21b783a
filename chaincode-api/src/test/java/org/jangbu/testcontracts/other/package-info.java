/** Another organisation's contract, with a data type of the same simple name. */
package org.jangbu.testcontracts.other;
