import { Popover, UnstyledButton } from "@mantine/core";
import type { GeographyInfo } from "../../../core/api/areas.ts";
import type { Basemap } from "../../../core/api/basemap.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { basemapProblem } from "../ui/basemap-problem.ts";
import { basemapSources } from "./basemap-sources.ts";
import type { DrawnAs } from "./boundaries.ts";
import { boundariesText, drawnOtherwise } from "./boundaries-text.ts";
import { DrawnAsText } from "./drawn-as.tsx";
import styles from "./geography-notice.module.css";

/**
 * Whether the boundaries are our estimate or from a file that somebody imported, and whose they are: the whole text on a click, since
 * sources may be many. Nobody has said of such a file that it is official; its source speaks for itself. For as long as a map is used
 * that has no shape of every area, it says of how many and which.
 */
export function GeographyNotice({
	geography,
	basemap,
	notAsThemselves = [],
}: {
	geography: GeographyInfo;
	/** What lies below the figures; undefined until it is known. */
	basemap: Basemap | undefined;
	/** Areas that the map does not draw as themselves. */
	notAsThemselves?: readonly DrawnAs[];
}) {
	const { t } = useLanguage();
	const kind = t(geography.approximate ? "map.approximate" : "map.imported");
	const source = boundariesText(geography, t);
	const land = basemap?.land;
	const archive = basemap?.archive;
	const unusable = archive?.kind === "unusable" ? archive : null;
	const drawn = archive && archive.kind !== "unusable" ? archive : null;
	const bases = basemapSources(basemap, t).map(shortened);
	const { marks, builtIn, imported } = drawnOtherwise(notAsThemselves);
	const listed = notAsThemselves.filter(
		({ mark, holds }) => mark || holds.length > 0,
	);
	return (
		<Popover width="26rem" position="top-end" shadow="md" trapFocus>
			<Popover.Target>
				<UnstyledButton
					className={styles.notice}
					data-testid="geography-notice"
				>
					<b>{kind}</b>
					{marks.length > 0 && (
						<b> · {t("map.marks", { areas: marks.length })}</b>
					)}
					{builtIn.length > 0 && (
						<b> · {t("map.stillBuiltIn", { areas: builtIn.length })}</b>
					)}
					{bases.length > 0 && (
						<> · {t("map.around", { source: bases.join("; ") })}</>
					)}
					{unusable && <b> · {t("basemap.notDrawn")}</b>}
					{" · "}
					{t("map.whose")}
				</UnstyledButton>
			</Popover.Target>
			<Popover.Dropdown>
				<h3>{kind}</h3>
				<p>{source}</p>
				{land && (
					<p>
						{t("map.around", { source: `${land.source}, ${land.licence}` })}
					</p>
				)}
				{drawn && (
					<p>
						{t("map.around", {
							source: `${drawn.attribution || t("basemap.nobody")} (${drawn.path})`,
						})}
					</p>
				)}
				{unusable && <p>{basemapProblem(t, unusable)}</p>}
				{builtIn.length > 0 && (
					<p>
						{t("map.stillBuiltIn", { areas: builtIn.length })}:{" "}
						{t("map.builtIn")}
					</p>
				)}
				{imported.length > 0 && (
					<p>{t("map.stillImported", { areas: imported.length })}</p>
				)}
				{listed.length > 0 && (
					<>
						<p>{t("map.marksMean")}</p>
						<ul className={styles.list} data-testid="drawn-as-list">
							{listed.map((one) => (
								<li key={one.area.id}>
									{one.area.code} {one.area.name}: <DrawnAsText drawnAs={one} />
								</li>
							))}
						</ul>
					</>
				)}
			</Popover.Dropdown>
		</Popover>
	);
}

/** One line has room for so much of an attribution; the whole stands in the text behind it. */
function shortened(attribution: string): string {
	return attribution.length > 48
		? `${attribution.slice(0, 46).trimEnd()} …`
		: attribution;
}
