/** An expression of the backend as it is read: each name in braces told by `tell`, signs as they are printed. */
export function formulaText(
	expression: string,
	tell: (name: string) => string,
): string {
	return expression
		.replaceAll(" - ", " − ")
		.replaceAll("*", "×")
		.replaceAll(" / ", " ÷ ")
		.replaceAll(", ", "; ")
		.replace(/\{(\w+)\}/g, (_, name: string) => tell(name));
}
