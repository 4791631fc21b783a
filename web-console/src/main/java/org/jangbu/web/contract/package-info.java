/**
 * What contracts say of themselves ({@code org.hyperledger.fabric:GetMetadata}), made into an OpenAPI document, checks of arguments and typed results. All of
 * it comes from the contract and is believed in nothing: only what is understood is taken over, within bounds. Entry point:
 * {@link org.jangbu.web.contract.ContractDescriptions}.
 */
@NullMarked
package org.jangbu.web.contract;

import org.jspecify.annotations.NullMarked;
