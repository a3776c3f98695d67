import { MoveHorizontal } from "lucide-react";
import {
	type KeyboardEvent,
	type PointerEvent,
	type RefObject,
	useEffect,
	useLayoutEffect,
	useRef,
	useState,
} from "react";
import { useFigureDay } from "../../clock/use-clock.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import type { SituationMap } from "../../parts/map/situation-map.ts";
import styles from "./compare.module.css";
import type { By } from "./compare-search.ts";
import type { Side } from "./use-compared.ts";

/** Written to the address once the hand rests (ms): arrow keys move the line many times. */
const RESTS = 300;

/** Where a key leads the line, in hundredths; null for a key that does not. */
export function lineByKey(
	{ key, shiftKey }: { key: string; shiftKey: boolean },
	at: number,
): number | null {
	const step = shiftKey ? 10 : 2;
	const to = {
		ArrowLeft: at - step,
		ArrowDown: at - step,
		ArrowRight: at + step,
		ArrowUp: at + step,
		PageDown: at - 10,
		PageUp: at + 10,
		Home: 0,
		End: 100,
	}[key];
	return to === undefined ? null : Math.min(100, Math.max(0, to));
}

/** The line between two maps that lie over each other: drawn along by mouse and finger, moved by keys. */
export function SwipeLine({
	box,
	at,
	move,
	sides,
	by,
	maps,
}: {
	/** What holds both maps: told where the line stands, as `--at`. */
	box: RefObject<HTMLDivElement | null>;
	at: number;
	move: (at: number) => void;
	sides: readonly [Side, Side];
	by: By;
	/** Their names make room for the handle where it rests. */
	maps: readonly (SituationMap | null)[];
}) {
	const { t, format } = useLanguage();
	const day = useFigureDay();
	/** Where the hand has it; null when nothing moves. */
	const [moved, setMoved] = useState<number | null>(null);
	const shown = moved ?? at;
	const asked = useRef(move);
	asked.current = move;
	useLayoutEffect(() => {
		box.current?.style.setProperty("--at", String(shown));
	}, [box, shown]);
	useEffect(() => {
		if (moved === null) return;
		const timer = setTimeout(() => {
			asked.current(Math.round(moved));
			setMoved(null);
		}, RESTS);
		return () => clearTimeout(timer);
	}, [moved]);
	const rests = moved === null ? at : null;
	useEffect(() => {
		if (rests === null) return;
		for (const map of maps) map?.nameAgain();
	}, [rests, maps]);
	const name = ({ indicator, area, dayOf }: Side) =>
		by === "day"
			? format.day(dayOf(day))
			: by === "indicator"
				? t(`indicator.${indicator}`)
				: area.name;
	const onKey = (event: KeyboardEvent) => {
		const to = lineByKey(event, Math.round(shown));
		if (to === null) return;
		event.preventDefault();
		event.stopPropagation();
		setMoved(to);
	};
	const draw = (event: PointerEvent) => {
		const frame = box.current?.getBoundingClientRect();
		if (!frame || !event.currentTarget.hasPointerCapture(event.pointerId))
			return;
		const share = ((event.clientX - frame.left) / frame.width) * 100;
		setMoved(Math.min(100, Math.max(0, share)));
	};
	return (
		<div className={styles.line}>
			<div
				className={styles.handle}
				role="slider"
				tabIndex={0}
				aria-label={t("compare.line")}
				aria-orientation="horizontal"
				aria-valuemin={0}
				aria-valuemax={100}
				aria-valuenow={Math.round(shown)}
				aria-valuetext={t("compare.lineAt", {
					share: Math.round(shown),
					left: name(sides[0]),
					right: name(sides[1]),
				})}
				title={t("compare.lineKeys")}
				data-covers-names
				data-testid="swipe-line"
				onKeyDown={onKey}
				onPointerDown={(event) => {
					if (event.button === 0)
						event.currentTarget.setPointerCapture(event.pointerId);
				}}
				onPointerMove={draw}
				onLostPointerCapture={() => {
					if (moved === null) return;
					move(Math.round(moved));
					setMoved(null);
				}}
			>
				<MoveHorizontal size="1.2em" aria-hidden />
			</div>
		</div>
	);
}
