/**
 * What a partner puts on its own server: files for us, and acknowledgments of ours. Written by hand
 * and not with the product's encoders, so that the product is tested with somebody else's files.
 */

/** An interchange of one purchase order, as a partner sends it to the demo company. */
export function partnerOrder(controlNumber = 501): string {
	const number = String(controlNumber).padStart(9, '0');
	return [
		`ISA*00*          *00*          *ZZ*PARTNER        *ZZ*MYCOMPANY      *260305*0915*U*00401*${number}*0*T*>`,
		`GS*PO*PARTNER*MYCOMPANY*20260305*0915*${controlNumber}*X*004010`,
		'ST*850*0001',
		'BEG*00*SA*PO-7781**20260305',
		'N1*BY*PARTNER TRADING*92*PARTNER',
		'PO1*1*12*EA*29.95**BP*MES-52',
		'CTT*1',
		'SE*6*0001',
		`GE*1*${controlNumber}`,
		`IEA*1*${number}`,
		'',
	].join('~');
}

/** A message of one purchase order in EDIFACT, from the same partner. */
export function partnerOrderMessage(reference = '601'): string {
	return [
		'UNA:+.? ',
		`UNB+UNOC:3+PARTNER:ZZ+MYCOMPANY:ZZ+260305:0915+${reference}++ORDERS++1`,
		'UNH+1+ORDERS:D:96A:UN',
		'BGM+220+PO-7782+9',
		'DTM+137:20260305:102',
		'NAD+BY+PARTNER::92++PARTNER TRADING',
		'NAD+SU+MYCOMPANY::92',
		'LIN+1++MES-52:SA',
		'QTY+21:12:PCE',
		'PRI+AAA:29.95',
		'UNS+S',
		'CNT+2:1',
		'UNT+11+1',
		`UNZ+1+${reference}`,
		'',
	].join("'");
}

/**
 * The 997 with which a partner answers an X12 file of ours: it accepts every transaction set, or
 * refuses the last one of a group of several for its total.
 */
export function acknowledgment(
	interchange: string,
	{ controlNumber = 9001, refuseLast = false } = {},
): string {
	const separator = interchange[3] ?? '*';
	const terminator = interchange[105] ?? '~';
	const segments = interchange
		.split(terminator)
		.map((segment) => segment.trim().split(separator))
		.filter(([id]) => id !== '');
	const isa = segments[0];
	if (isa?.[0] !== 'ISA') throw new Error('not an X12 interchange');
	const groups = segments.filter(([id]) => id === 'GS');
	const number = String(controlNumber).padStart(9, '0');
	const body = groups.flatMap((gs, i) => {
		const start = segments.indexOf(gs);
		const end = segments.findIndex(([id], at) => at > start && id === 'GE');
		const group = segments.slice(start, end);
		const sets = group.filter(([id]) => id === 'ST');
		const refused = refuseLast && sets.length > 1 ? sets.at(-1) : undefined;
		const total =
			group.findLastIndex(([id]) => id === 'TDS') - group.findLastIndex(([id]) => id === 'ST') + 1;
		const accepted = sets.length - (refused ? 1 : 0);
		const set = String(i + 1).padStart(4, '0');
		const lines = [
			`ST*997*${set}`,
			`AK1*${gs[1]}*${gs[6]}`,
			...sets.flatMap((st) => [
				`AK2*${st[1]}*${st[2]}`,
				...(st === refused ? [`AK3*TDS*${total}**8`, 'AK4*1*610*6', 'AK5*R*5'] : ['AK5*A']),
			]),
			`AK9*${refused ? 'P' : 'A'}*${sets.length}*${sets.length}*${accepted}`,
		];
		return [...lines, `SE*${lines.length + 1}*${set}`];
	});
	return [
		`ISA*00*          *00*          *${isa[7]}*${isa[8]}*${isa[5]}*${isa[6]}*260306*0800*U*00401*${number}*0*${isa[15]}*>`,
		`GS*FA*${isa[8]?.trim()}*${isa[6]?.trim()}*20260306*0800*${controlNumber}*X*004010`,
		...body,
		`GE*${groups.length}*${controlNumber}`,
		`IEA*1*${number}`,
		'',
	].join('~');
}
