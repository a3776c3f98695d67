import { Popover, Table, UnstyledButton } from "@mantine/core";
import { Clock, TriangleAlert } from "lucide-react";
import type { AreaRow } from "../../../core/api/areas.ts";
import type { Completeness } from "../../../core/api/figures.ts";
import { FreshnessOf } from "../../../core/api/sources.ts";
import type { ApartLevel } from "../../../core/areas/codes.ts";
import { isIncomplete } from "../../../core/quality/completeness.ts";
import {
	type IndicatorKey,
	indicatorByKey,
	isStatedAt,
} from "../../../core/series/indicator.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { useAnswer } from "../../state/answers.ts";
import type { AreaIndex } from "../../state/area-index.ts";
import { useConnection } from "../../state/connection.ts";
import { useLevelFollows } from "../../state/follow.ts";
import {
	IncompleteRule,
	MissingAreas,
	useCompletenessText,
} from "./completeness.tsx";
import styles from "./freshness-chip.module.css";

/** Days on which a source repeated itself that are named. */
const SHOWN_REPEATED = 3;

/**
 * How fresh and how complete a panel is: the backend's one answer for an indicator, area and day, whatever measure is looked at. Opens
 * the names of who is missing and what each source last said. Of what is stated of kecamatan alone nobody is missing above them: that is said.
 */
export function FreshnessChip({
	indicator,
	completeness,
	area,
	areas,
	apart = null,
}: {
	indicator: IndicatorKey;
	/** Null while it is asked for. */
	completeness: Completeness | null;
	/** The area that it is of. */
	area: AreaRow;
	areas: AreaIndex;
	/** Where it counts kecamatan or kelurahan. */
	apart?: ApartLevel | null;
}) {
	const { t, format } = useLanguage();
	const completenessText = useCompletenessText();
	const level = apart ?? area.level;
	const follows = useLevelFollows(level);
	if (!isStatedAt(indicatorByKey(indicator), level))
		return (
			<small className="muted" data-testid="freshness-districts">
				{t("freshness.onlyDistricts")}
			</small>
		);
	// Nobody is missing of what is still being published.
	if (follows)
		return (
			<small className="muted" data-testid="freshness-follows">
				{t("follow.kecamatan")}
			</small>
		);
	if (!completeness) return null;
	const { lastDay } = completeness;
	const incomplete = isIncomplete(completeness);
	const Sign = incomplete ? TriangleAlert : Clock;
	const counted = completenessText(completeness, area, apart);
	return (
		<Popover width="34rem" position="bottom-end" shadow="md" trapFocus>
			<Popover.Target>
				<UnstyledButton
					className={styles.chip}
					data-incomplete={incomplete || undefined}
					data-testid="freshness"
				>
					<Sign aria-hidden size="1em" />
					{lastDay === null
						? t("freshness.never")
						: t("freshness.lastDay", { day: format.day(lastDay) })}
					{counted && <span>· {counted}</span>}
				</UnstyledButton>
			</Popover.Target>
			<Popover.Dropdown>
				<MissingAreas completeness={completeness} areas={areas} />
				<IncompleteRule />
				<FreshnessTable />
			</Popover.Dropdown>
		</Popover>
	);
}

function FreshnessTable() {
	const { t, format, language } = useLanguage();
	const { data } = useAnswer(FreshnessOf, {});
	const dataset = useConnection((connection) => connection.state?.dataset);
	return (
		<>
			<h3>{t("freshness.title")}</h3>
			{dataset && (
				<p>
					{t("freshness.publication", {
						seq: format.number(dataset.seq),
						time: format.time(dataset.committedAt),
					})}
				</p>
			)}
			<Table>
				<Table.Thead>
					<Table.Tr>
						<Table.Th>{t("freshness.source")}</Table.Th>
						<Table.Th>{t("freshness.sourceLastDay")}</Table.Th>
						<Table.Th>{t("freshness.received")}</Table.Th>
						<Table.Th>{t("freshness.rows")}</Table.Th>
					</Table.Tr>
				</Table.Thead>
				<Table.Tbody>
					{data?.map((entry) => (
						<Table.Tr key={entry.source.key}>
							<Table.Td>
								{language === "id"
									? entry.source.id_name
									: entry.source.en_name}
								{entry.repeated.length > 0 && (
									<small data-testid={`repeated-${entry.source.key}`}>
										<br />
										{t("freshness.repeated", {
											days: entry.repeated
												.slice(0, SHOWN_REPEATED)
												.map(({ day }) => format.day(day))
												.join(", "),
											count: entry.repeated.length,
										})}
									</small>
								)}
								{entry.unread.map(({ file, sheets }) => (
									<small key={file} data-testid={`unread-${entry.source.key}`}>
										<br />
										{t("freshness.unread", { file, sheets: sheets.join(", ") })}
									</small>
								))}
							</Table.Td>
							<Table.Td>
								{entry.lastDay === null
									? t(entry.follows ? "follow.source" : "freshness.never")
									: format.day(entry.lastDay)}
								{entry.reporting !== null && entry.expected !== null && (
									<small>
										<br />
										{t("freshness.reporting", {
											reporting: entry.reporting,
											expected: entry.expected,
										})}
									</small>
								)}
							</Table.Td>
							<Table.Td>
								{entry.receivedAt === null
									? "–"
									: format.time(entry.receivedAt)}
							</Table.Td>
							<Table.Td>
								{format.number(entry.accepted)} /{" "}
								{format.number(entry.quarantined)}
							</Table.Td>
						</Table.Tr>
					))}
				</Table.Tbody>
			</Table>
		</>
	);
}
