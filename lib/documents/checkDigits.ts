/** GS1 General Specifications 7.9: weights 3 and 1 from the right, modulo 10. */
function hasGs1CheckDigit(digits: string): boolean {
	let total = 0;
	for (let index = 0; index < digits.length - 1; index += 1) {
		total += Number(digits[index]) * ((digits.length - index) % 2 === 0 ? 3 : 1);
	}
	return (10 - (total % 10)) % 10 === Number(digits[digits.length - 1]);
}

/** A Global Location Number: 13 digits with a right check digit. */
export function hasGlnCheckDigit(gln: string): boolean {
	return /^\d{13}$/.test(gln) && hasGs1CheckDigit(gln);
}

/** A Global Trade Item Number: 8, 12, 13 or 14 digits with a right check digit. */
export function hasGtinCheckDigit(gtin: string): boolean {
	return /^(?:\d{8}|\d{12,14})$/.test(gtin) && hasGs1CheckDigit(gtin);
}

/** ISO 13616: two letters and two digits begin an IBAN; a national account number looks otherwise. */
const IBAN = /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/;

/** ISO 7064, modulo 97-10, as ISO 13616 uses it. */
function remainderOf97(text: string): number {
	let remainder = 0;
	for (const character of text.slice(4) + text.slice(0, 4)) {
		for (const digit of String(parseInt(character, 36))) {
			remainder = (remainder * 10 + Number(digit)) % 97;
		}
	}
	return remainder;
}

/** False for an account number that has the form of an IBAN and does not check. */
export function isAccountNumber(account: string): boolean {
	const compact = account.replace(/ /g, '').toUpperCase();
	return !IBAN.test(compact) || remainderOf97(compact) === 1;
}
