/** How many bytes a text takes in UTF-8, as it lies on a disk. */
export function utf8Length(text: string): number {
	let bytes = 0;
	for (const sign of text) {
		const code = sign.codePointAt(0) as number;
		bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
	}
	return bytes;
}
