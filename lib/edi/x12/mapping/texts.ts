/** `YYYY-MM-DD` → `YYYYMMDD` */
export function compactDate(date: string | undefined): string | undefined {
	if (date?.length !== 10) return date;
	return date.slice(0, 4) + date.slice(5, 7) + date.slice(8, 10);
}
