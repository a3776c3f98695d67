import {
	type CSSProperties,
	type ReactNode,
	useEffect,
	useRef,
	useState,
} from "react";
import styles from "./desk.module.css";

/** How large a stage is (px), and how much smaller than the window. */
export interface StageSize {
	readonly width: number;
	readonly height: number;
	readonly scale: number;
}

/** The size of a stage in its box: as wide and high as fits, in the proportions of the window; null until it is known. */
export function useStage() {
	const box = useRef<HTMLDivElement>(null);
	const [size, setSize] = useState<StageSize | null>(null);
	useEffect(() => {
		const container = box.current;
		if (!container) return;
		const measure = () => {
			const { clientWidth, clientHeight } = container;
			const scale = Math.min(
				clientWidth / innerWidth,
				clientHeight / innerHeight,
			);
			if (scale > 0)
				setSize({
					width: Math.floor(innerWidth * scale),
					height: Math.floor(innerHeight * scale),
					scale,
				});
		};
		const resize = new ResizeObserver(measure);
		resize.observe(container);
		return () => resize.disconnect();
	}, []);
	return { box, size };
}

/** Draws something as large as the window, and shows it smaller. */
export function Shrunk({
	scale,
	children,
}: {
	scale: number;
	children: ReactNode;
}) {
	return (
		<div
			className={styles.shrunk}
			style={{ "--scale": scale } as CSSProperties}
		>
			{children}
		</div>
	);
}

/** What would fill this window, drawn small. */
export function Stage({ children }: { children: ReactNode }) {
	const { box, size } = useStage();
	return (
		<div ref={box} className={styles.stage}>
			{size && (
				<div
					className={styles.screen}
					style={{ width: size.width, height: size.height }}
					data-testid="stage"
				>
					<Shrunk scale={size.scale}>{children}</Shrunk>
				</div>
			)}
		</div>
	);
}
