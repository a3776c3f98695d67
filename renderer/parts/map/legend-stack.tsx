import { ActionIcon } from "@mantine/core";
import { ChevronDown, ChevronUp } from "lucide-react";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useLanguage } from "../../i18n/use-language.ts";
import { useRootSize } from "../ui/root-size.ts";
import styles from "./legend-stack.module.css";

/** How much is said; empty: as the room allows. */
type LegendForm = "" | "strip" | "full";

/** Heights in rem of the legend of the colours and of that of a mark, in full. */
const HEIGHT = { colours: 14.5, mark: 8.5 };
/** In full they may fill this much of the height of a map: where they fill more, the country has to stand beside them. */
const MOST = 0.55;

/**
 * What the colours and the marks mean, in one column: in full, or as a strip of their scales alone, which covers less of the country. Both say what
 * no report looks like.
 */
export function LegendStack({
	form,
	choose,
	marks,
	children,
}: {
	form: LegendForm;
	choose: (form: LegendForm) => void;
	/** How many kinds of marks there are beside the colours. */
	marks: number;
	children: ReactNode;
}) {
	const { t } = useLanguage();
	const box = useRef<HTMLDivElement>(null);
	const rem = useRootSize();
	const [height, setHeight] = useState(Number.POSITIVE_INFINITY);
	useEffect(() => {
		const frame = box.current?.closest("[data-map-frame]");
		if (!frame) return;
		const look = new ResizeObserver(() => setHeight(frame.clientHeight));
		look.observe(frame);
		return () => look.disconnect();
	}, []);
	const strip =
		form === "strip" ||
		(form === "" &&
			marks > 0 &&
			HEIGHT.colours + marks * HEIGHT.mark > (MOST * height) / rem);
	const name = t(strip ? "map.legendFull" : "map.legendStrip");
	return (
		<div
			ref={box}
			className={styles.stack}
			data-strip={strip || undefined}
			data-testid="legends"
		>
			<ActionIcon
				className={styles.fold}
				size="sm"
				variant="subtle"
				aria-label={name}
				title={name}
				aria-expanded={!strip}
				data-testid="legend-fold"
				onClick={() => choose(strip ? "full" : "strip")}
			>
				{strip ? <ChevronUp size="1.1em" /> : <ChevronDown size="1.1em" />}
			</ActionIcon>
			{children}
		</div>
	);
}
