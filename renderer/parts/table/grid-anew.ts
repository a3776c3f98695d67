import type {
	GridState,
	SortState,
	StateUpdatedEvent,
} from "ag-grid-community";
import { useEffect, useRef, useState } from "react";
import { useLanguage } from "../../i18n/use-language.ts";
import { useRootSize } from "../ui/root-size.ts";

/** A window that is drawn larger by hand has many sizes on the way (ms). */
const SETTLED = 200;

/**
 * A grid is made anew for each language, and for each size of letters: it measures rows that are as high as their text when they are first drawn,
 * and where letters and columns grow one after the other it keeps a height that was never right.
 * @param of what it is a grid of, where it is made anew for that too: each has an order of its own
 * @returns the key of the grid, and what it is given so that it stays in the order that a person chose
 */
export function useGridAnew(of = ""): {
	key: string;
	inOrder: {
		initialState?: GridState;
		onStateUpdated: (event: StateUpdatedEvent) => void;
	};
} {
	const { language } = useLanguage();
	const root = useRootSize();
	const [size, setSize] = useState(root);
	useEffect(() => {
		const settling = setTimeout(() => setSize(root), SETTLED);
		return () => clearTimeout(settling);
	}, [root]);
	const order = useRef<{ of: string; sort: SortState } | undefined>(undefined);
	return {
		key: `${language} ${size} ${of}`,
		inOrder: {
			...(order.current?.of === of && {
				initialState: { sort: order.current.sort, partialColumnState: true },
			}),
			// It is drawn before the other is gone, so what that was left as is noted as it changes.
			onStateUpdated: ({ state }) => {
				order.current = { of, sort: state.sort ?? { sortModel: [] } };
			},
		},
	};
}
