import { useEffect, useRef } from "react";
import styles from "./wall.module.css";

/** Moved so often (ms): each frame that is drawn for it draws the wall again. */
const BEAT = 500;

/** Goes from side to side by the frames that are drawn: where it stands still, nothing is drawn any more. */
export function Pulse() {
	const dot = useRef<HTMLSpanElement>(null);
	useEffect(() => {
		let frame = 0;
		let waiting: ReturnType<typeof setTimeout>;
		let beat = 0;
		const draw = () => {
			beat = 1 - beat;
			dot.current?.setAttribute("data-beat", String(beat));
			waiting = setTimeout(() => {
				frame = requestAnimationFrame(draw);
			}, BEAT);
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
