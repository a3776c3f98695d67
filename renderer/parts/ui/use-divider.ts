import { useSplitter } from "@mantine/hooks";
import { useEffect, useRef, useState } from "react";
import { useChangeWorkspace, useWorkspace } from "../../state/settings.ts";

/** Kept once the hand rests (ms): arrow keys move a divider many times. */
const RESTS = 400;

/** Where a divider may stand, as shares of what lies on both sides of it. */
export interface DividerPlace {
	/** In the workspace of the person. */
	readonly name: string;
	readonly orientation: "horizontal" | "vertical";
	/** Where it stands until a person moves it, and again after a double click. */
	readonly standard: number;
	readonly min: number;
	readonly max: number;
}

/**
 * A divider between two parts of a screen: dragged, or moved by the arrow keys; where it stands is kept for the person.
 * @returns the share of the first part, and what goes on the box that holds both and on the line between them
 */
export function useDivider({
	name,
	orientation,
	standard,
	min,
	max,
}: DividerPlace) {
	const kept = useWorkspace("panels")[name];
	const change = useChangeWorkspace();
	/** Where the hand has it now; null when nothing moves. */
	const [moved, setMoved] = useState<number | null>(null);
	const share = moved ?? Math.min(Math.max(kept ?? standard, min), max);
	const asked = useRef(change);
	asked.current = change;
	useEffect(() => {
		if (moved === null) return;
		const timer = setTimeout(() => {
			const isStandard = Math.abs(moved - standard) < 0.001;
			asked.current({ panels: { [name]: isStandard ? null : moved } });
			setMoved(null);
		}, RESTS);
		return () => clearTimeout(timer);
	}, [moved, name, standard]);
	const { ref, getHandleProps } = useSplitter({
		orientation,
		panels: [
			{ defaultSize: standard * 100, min: min * 100, max: max * 100 },
			{ defaultSize: (1 - standard) * 100 },
		],
		sizes: [share * 100, (1 - share) * 100],
		onSizeChange: ([first]) => setMoved(Number(first) / 100),
		shiftStep: 5,
	});
	return {
		share,
		box: ref,
		line: {
			...getHandleProps({ index: 0 }),
			// Of the line, not of what it divides.
			"aria-orientation":
				orientation === "horizontal"
					? ("vertical" as const)
					: ("horizontal" as const),
			"data-testid": `divider-${name}`,
		},
	};
}
