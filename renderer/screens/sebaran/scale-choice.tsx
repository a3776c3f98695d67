import { Select } from "@mantine/core";
import { fixedClasses } from "../../../core/epidemic/fixed-classes.ts";
import { SCALES, type Scale } from "../../../core/statistics/scale.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import styles from "./sebaran.module.css";
import type { Choice } from "./use-choice.ts";

/** The scale that is shown: one that was given for other figures is none of these. */
export function scaleOf({ indicator, period, rate, search }: Choice): {
	scale: Scale;
	mayBeFixed: boolean;
} {
	const mayBeFixed = fixedClasses(indicator, period, rate) !== null;
	const scale = search.scale === "fixed" && !mayBeFixed ? "log" : search.scale;
	return { scale, mayBeFixed };
}

/** By which rule the classes of the map are found. */
export function ScaleChoice({
	choice,
	given = scaleOf(choice).mayBeFixed,
}: {
	choice: Choice;
	/** Whether somebody gave classes of what is shown, where that is not what is chosen alone. */
	given?: boolean | undefined;
}) {
	const { t } = useLanguage();
	const { scale } = choice.search;
	return (
		<Select
			size="xs"
			aria-label={t("classes.scale")}
			data-testid="scale"
			className={styles.scale}
			allowDeselect={false}
			value={scale === "fixed" && !given ? "log" : scale}
			data={SCALES.map((key) => ({
				value: key,
				label: t(`classes.${key}`),
				disabled: key === "fixed" && !given,
			}))}
			onChange={(value) =>
				choice.changeSearch({ scale: value as Scale, only: "" })
			}
		/>
	);
}
