import { ActionIcon } from "@mantine/core";
import { ChevronDown, ChevronUp } from "lucide-react";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useLanguage } from "../../i18n/use-language.ts";
import { rootSize } from "../ui/root-size.ts";
import type { LegendForm } from "./legend-forms.ts";
import styles from "./legend-stack.module.css";

/** Height in rem of a map from which on several legends stand in full beside the country and not over it. */
const ROOMY = 34;

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
	/** There are marks beside the colours. */
	marks: boolean;
	children: ReactNode;
}) {
	const { t } = useLanguage();
	const box = useRef<HTMLDivElement>(null);
	const [roomy, setRoomy] = useState(true);
	useEffect(() => {
		const frame = box.current?.closest("[data-map-frame]");
		if (!frame) return;
		const look = new ResizeObserver(() =>
			setRoomy(frame.clientHeight >= ROOMY * rootSize()),
		);
		look.observe(frame);
		return () => look.disconnect();
	}, []);
	const strip = form === "strip" || (form === "" && marks && !roomy);
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
