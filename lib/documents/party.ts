/** A company in a business document: supplier, buyer, payer, ship-to. All texts are trimmed. */
export interface Party {
	readonly name: string;
	/** The code the writing company uses for this party (Exact account or division code). */
	readonly code?: string;
	/** GS1 Global Location Number, 13 digits. */
	readonly gln?: string;
	readonly vatNumber?: string;
	readonly chamberOfCommerce?: string;
	/** Our number in the party's own books (Exact `CodeAtSupplier`). */
	readonly codeAtParty?: string;
	readonly address?: Address;
	readonly bankAccount?: BankAccount;
	readonly email?: string;
	readonly phone?: string;
}

export interface Address {
	/** Street lines, in order, none empty. */
	readonly lines: readonly string[];
	readonly city?: string;
	readonly postcode?: string;
	readonly state?: string;
	/** ISO 3166-1 alpha-2 */
	readonly country?: string;
}

export interface BankAccount {
	/** IBAN or national account number, without spaces. */
	readonly number: string;
	readonly bic?: string;
	readonly holder?: string;
}
