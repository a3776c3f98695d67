import { useLanguage } from "../../i18n/use-language.ts";
import type { DrawnAs } from "./boundaries.ts";

/** Said in the card at the pointer of an area that is not drawn as itself. */
export function DrawnAsNote({ drawnAs }: { drawnAs: DrawnAs | undefined }) {
	return (
		drawnAs && (
			<small data-testid="drawn-as">
				<DrawnAsText drawnAs={drawnAs} />
			</small>
		)
	);
}

/** How an area is drawn that is not drawn as itself, in words. */
export function DrawnAsText({
	drawnAs: { mark, within, holds, before, noShape },
}: {
	drawnAs: DrawnAs;
}) {
	const { t } = useLanguage();
	if (noShape)
		return t(noShape === "placed" ? "map.districtMark" : "map.districtInRows");
	return [
		...(mark
			? [
					within
						? t("map.markWithin", { area: within.name })
						: t("map.markAtSea"),
				]
			: []),
		...(holds.length > 0
			? [t("map.holds", { areas: holds.map(({ name }) => name).join(", ") })]
			: []),
		...(before === "built-in" ? [t("map.ofBuiltIn")] : []),
		...(before === "imported" ? [t("map.ofImported")] : []),
	].join("; ");
}
