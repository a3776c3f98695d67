import { type ReactNode, useLayoutEffect, useState } from "react";

type Part = (props: never) => ReactNode;

/** How the code of a part is fetched. */
export type Load<P extends Part> = () => Promise<{ default: P }>;

/** The code that has come, by what fetches it. */
const there = new WeakMap<Load<Part>, Part>();

/** Fetches the code of a part, which is then drawn at once. */
export async function fetchCode(load: Load<Part>): Promise<void> {
	there.set(load, (await load()).default);
}

/**
 * A part whose code is fetched by itself; `waiting` is drawn in its place until then, and what cannot be fetched is thrown where it would
 * be drawn. Not React's `lazy`: having shown one place that waits, React holds back whatever comes for the next 300 ms, and a first
 * picture made of such parts stands still for most of a second.
 */
export function fetched<P extends Part>(load: Load<P>) {
	return function Fetched(props: Parameters<P>[0] & { waiting: ReactNode }) {
		const { waiting, ...own } = props as { waiting: ReactNode };
		const [{ code, failed }, setPart] = useState({
			code: there.get(load),
			failed: null as unknown,
		});
		useLayoutEffect(() => {
			if (there.has(load)) return;
			let gone = false;
			const tell = (failed: unknown) => {
				if (!gone) setPart({ code: there.get(load), failed });
			};
			fetchCode(load).then(() => tell(null), tell);
			return () => {
				gone = true;
			};
		}, []);
		if (failed !== null) throw failed;
		const Code = code as ((props: object) => ReactNode) | undefined;
		return Code ? <Code {...own} /> : waiting;
	};
}
