/**
 * X12 824 and EDIFACT APERAK: what an application says of a document, after the syntax was acknowledged.
 * They are acknowledged themselves, as any other set or message.
 */
export function isApplicationAnswer(id: string): boolean {
	return id === '824' || id === 'APERAK';
}
