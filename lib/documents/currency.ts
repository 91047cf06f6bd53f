import { ownValue } from '../text';

/**
 * ISO 4217 currencies whose minor unit is not a hundredth; all others have two decimals.
 * Source: ISO 4217 table A.1, column "minor unit".
 */
const MINOR_UNITS: Readonly<Record<string, number>> = {
	BIF: 0,
	CLP: 0,
	DJF: 0,
	GNF: 0,
	ISK: 0,
	JPY: 0,
	KMF: 0,
	KRW: 0,
	PYG: 0,
	RWF: 0,
	UGX: 0,
	UYI: 0,
	VND: 0,
	VUV: 0,
	XAF: 0,
	XOF: 0,
	XPF: 0,
	BHD: 3,
	IQD: 3,
	JOD: 3,
	KWD: 3,
	LYD: 3,
	OMR: 3,
	TND: 3,
	CLF: 4,
	UYW: 4,
};

export function currencyDecimals(currency: string): number {
	return ownValue(MINOR_UNITS, currency) ?? 2;
}
