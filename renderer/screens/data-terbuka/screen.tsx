import { Loader } from "@mantine/core";
import { type ReleaseRow, Releases } from "../../../core/api/releases.ts";
import { NATION } from "../../../core/areas/codes.ts";
import { addTexts } from "../../i18n/add-texts.ts";
import { openDataEn } from "../../i18n/open-data-en.ts";
import { openDataId } from "../../i18n/open-data-id.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { Panel, PanelNotice } from "../../parts/ui/panel.tsx";
import { useAnswer } from "../../state/answers.ts";
import { useSearch } from "../../state/search.ts";
import { useSession } from "../../state/session.ts";
import styles from "./data-terbuka.module.css";
import { PreviewPanel } from "./preview-panel.tsx";
import { ReleaseFailure } from "./release-failure.tsx";
import { ReleasePanel } from "./release-panel.tsx";
import { openDataSearch } from "./search.ts";

addTexts("openData", { id: openDataId, en: openDataEn });

/** What may leave the house: the releases of open data, what the public sees of each, and who lets it out. */
export default function DataTerbuka() {
	const { t } = useLanguage();
	const { data: session } = useSession();
	const person = session?.person ?? null;
	if (!session) return null;
	if (person?.scope === NATION) return <ReleasesOfCountry />;
	return (
		<main className={styles.main}>
			<Panel
				title={t("openData.list")}
				testId="releases"
				className={styles.whole ?? ""}
			>
				<PanelNotice>{t("openData.nationOnly")}</PanelNotice>
			</Panel>
		</main>
	);
}

/** How long what the hub knows of releases may be shown as it was (ms). */
const LOOKED_AT_EVERY = 15_000;

function ReleasesOfCountry() {
	const { t } = useLanguage();
	// Others decide and build at other places, and no publication tells of it.
	const { data, error, refetch } = useAnswer(
		Releases,
		{},
		{ refetchInterval: LOOKED_AT_EVERY },
	);
	const [{ release }] = useSearch(openDataSearch);
	const failed = error && <ReleaseFailure error={error} again={refetch} />;
	const chosen =
		data?.find(({ number }) => String(number) === release) ?? data?.[0];
	return (
		<main className={styles.main}>
			<div className={styles.side}>
				<Panel
					title={t("openData.list")}
					subtitle={t("openData.listSubtitle")}
					testId="releases"
				>
					{failed}
					{data ? (
						data.length === 0 ? (
							<PanelNotice>{t("openData.empty")}</PanelNotice>
						) : (
							<List rows={data} chosen={chosen?.number ?? 0} />
						)
					) : (
						!failed && <Loader size="sm" m="md" />
					)}
				</Panel>
				{chosen && <ReleasePanel release={chosen} />}
			</div>
			{chosen && <PreviewPanel release={chosen.number} />}
		</main>
	);
}

function List({
	rows,
	chosen,
}: {
	rows: readonly ReleaseRow[];
	chosen: number;
}) {
	const { t, format } = useLanguage();
	const [, change] = useSearch(openDataSearch);
	const columns = ["number", "status", "made", "recipe", "note"] as const;
	return (
		<div
			className={styles.scroll}
			// biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keys
			tabIndex={0}
		>
			<table className={styles.table} data-testid="release-list">
				<thead>
					<tr>
						{columns.map((key) => (
							<th key={key} scope="col">
								{t(`openData.column.${key}`)}
							</th>
						))}
					</tr>
				</thead>
				<tbody>
					{rows.map((row) => (
						<tr key={row.number} aria-current={row.number === chosen}>
							<th scope="row">
								<button
									type="button"
									className={styles.choose}
									data-testid={`release-${row.number}`}
									aria-label={t("openData.release", { number: row.number })}
									onClick={() =>
										change({ release: String(row.number), on: "" })
									}
								>
									{row.number}
								</button>
							</th>
							<td data-testid={`release-status-${row.number}`}>
								{t(`openData.status.${row.status}`)}
								{row.corrects !== null && (
									<div>{t("openData.corrects", { number: row.corrects })}</div>
								)}
								{row.correctedBy !== null && (
									<div className={styles.warn}>
										{t("openData.correctedBy", { number: row.correctedBy })}
									</div>
								)}
							</td>
							<td>{format.time(row.at)}</td>
							<td>
								{row.recipe.name} {row.recipe.version}
							</td>
							<td>{row.note}</td>
						</tr>
					))}
				</tbody>
			</table>
		</div>
	);
}
