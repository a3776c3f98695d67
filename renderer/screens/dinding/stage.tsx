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

/** Width and height (px) of what is drawn small. */
export type Whole = readonly [number, number];

/** The size of a stage in its box: as wide and high as fits, in the proportions of the window, or of another screen; null until it is known. */
export function useStage(of?: Whole) {
	const box = useRef<HTMLDivElement>(null);
	const [size, setSize] = useState<StageSize | null>(null);
	const [wide, high] = of ?? [null, null];
	useEffect(() => {
		const container = box.current;
		if (!container) return;
		const measure = () => {
			const { clientWidth, clientHeight } = container;
			const width = wide ?? innerWidth;
			const height = high ?? innerHeight;
			const scale = Math.min(clientWidth / width, clientHeight / height);
			if (scale > 0)
				setSize({
					width: Math.floor(width * scale),
					height: Math.floor(height * scale),
					scale,
				});
		};
		const resize = new ResizeObserver(measure);
		resize.observe(container);
		return () => resize.disconnect();
	}, [wide, high]);
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

/** What would fill this window, or another screen, drawn small. */
export function Stage({ of, children }: { of?: Whole; children: ReactNode }) {
	const { box, size } = useStage(of);
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
