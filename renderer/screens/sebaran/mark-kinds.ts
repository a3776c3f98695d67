/** What can stand on the map besides the colours of its areas, from the lowest layer to the highest. */
export const MARK_KINDS = [
	"hexagons",
	"arcs",
	"circles",
	"columns",
	"hospitals",
	"laboratories",
] as const;
export type MarkKind = (typeof MARK_KINDS)[number];

/** More at a time cannot be told apart. */
export const MOST_MARKS = 3;

/**
 * The kinds that are shown after one was put on or taken off.
 * @returns null where there would be too many: none makes way for another by itself.
 */
export function withMark(
	shown: readonly MarkKind[],
	kind: MarkKind,
	on: boolean,
): readonly MarkKind[] | null {
	const others = shown.filter((one) => one !== kind);
	if (!on) return others;
	return others.length < MOST_MARKS ? [...others, kind] : null;
}

/** Reads the kinds of an address: each once, and of more than may be shown the first ones. */
export function marksFromText(text: string | undefined): MarkKind[] {
	const named = new Set(text?.split("."));
	return [...named]
		.flatMap((word) => MARK_KINDS.filter((kind) => kind === word))
		.slice(0, MOST_MARKS);
}
