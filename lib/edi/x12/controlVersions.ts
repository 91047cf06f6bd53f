/** I11 (ISA12): the interchange control versions that were published, by their releases. */
const RELEASES: Readonly<Record<string, string>> = {
	'002': '00 01 04',
	'003': '00 01 02 03 04 05 06 07',
	'004': '00 01 02 03 04 05 06',
	'005': '00 01 02 03 04 05',
	'006': '00 01 02 03 04 05',
	'007': '00 01 02 03 04 05 06',
	'008': '00 01 02 03 04 05 06',
};

const versions: ReadonlySet<string> = new Set(
	Object.entries(RELEASES).flatMap(([version, releases]) =>
		releases.split(' ').map((release) => version + release),
	),
);

export function isControlVersion(isa12: string): boolean {
	return versions.has(isa12);
}
