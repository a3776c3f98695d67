import { useEffect, useRef } from "react";
import { TellBeat } from "../../../core/api/show.ts";
import { BEAT, type Beat } from "../../../core/wall/wall-windows.ts";
import { order } from "../../state/ask.ts";
import styles from "./wall.module.css";

/** Moved so often (ms): each frame that is drawn for it draws the wall again. */
const EVERY = 500;

/** Panels of the scene that is seen which say themselves that they are too old. */
const DRAWN_AS_OLD =
	'[data-phase="shown"] [data-testid="panel-age"][data-stale]';

/** Whether something lies in this window: of a wall that one scene spans it draws all of it, and shows a part. */
function isSeen(one: Element): boolean {
	const { left, right, top, bottom } = one.getBoundingClientRect();
	return right > 0 && bottom > 0 && left < innerWidth && top < innerHeight;
}

/** What a window tells of itself besides its frames. */
export type WhatHangs = Pick<
	Beat,
	"window" | "name" | "show" | "scene" | "trouble"
>;

/** How often this page has told of itself. */
let turn = 0;

/** The frames that this window has drawn for its pulse, told to the backend: where they stand still, everybody is told that it is frozen. */
function useBeat(frames: { readonly current: number }, hangs: WhatHangs): void {
	const now = useRef(hangs);
	now.current = hangs;
	useEffect(() => {
		const tell = (closing: boolean) => {
			const { window, name, show, scene, trouble } = now.current;
			order(TellBeat, {
				...{ window, name, show, scene, trouble, closing },
				stale: [...document.querySelectorAll(DRAWN_AS_OLD)].filter(isSeen)
					.length,
				...{ frames: frames.current, turn: turn++ },
				width: Math.max(1, Math.round(innerWidth)),
				height: Math.max(1, Math.round(innerHeight)),
			}).catch(() => {
				// Nobody answers: the wall itself says so (use-heard).
			});
		};
		const beat = () => {
			if (!document.hidden) tell(false);
		};
		// A window that is covered draws nothing, and that is no fault.
		const seen = () => tell(document.hidden);
		const close = () => tell(true);
		beat();
		const beating = setInterval(beat, BEAT);
		document.addEventListener("visibilitychange", seen);
		addEventListener("pagehide", close);
		return () => {
			clearInterval(beating);
			document.removeEventListener("visibilitychange", seen);
			removeEventListener("pagehide", close);
			close();
		};
	}, [frames]);
}

/** Goes from side to side by the frames that are drawn: where it stands still, nothing is drawn any more. */
export function Pulse({ hangs }: { hangs: WhatHangs }) {
	const dot = useRef<HTMLSpanElement>(null);
	const frames = useRef(0);
	useBeat(frames, hangs);
	useEffect(() => {
		let frame = 0;
		let waiting: ReturnType<typeof setTimeout>;
		const draw = () => {
			frames.current++;
			dot.current?.setAttribute("data-beat", String(frames.current % 2));
			waiting = setTimeout(() => {
				frame = requestAnimationFrame(draw);
			}, EVERY);
		};
		draw();
		return () => {
			clearTimeout(waiting);
			cancelAnimationFrame(frame);
		};
	}, []);
	return (
		<span className={styles.pulse} aria-hidden data-testid="wall-pulse">
			<span ref={dot} />
		</span>
	);
}
