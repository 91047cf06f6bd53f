/** GS1 General Specifications 7.9: weights 3 and 1 from the right, modulo 10. */
export function hasGlnCheckDigit(gln: string): boolean {
	if (!/^\d{13}$/.test(gln)) return false;
	let total = 0;
	for (let index = 0; index < 12; index += 1) {
		total += Number(gln[index]) * (index % 2 === 0 ? 1 : 3);
	}
	return (10 - (total % 10)) % 10 === Number(gln[12]);
}
