import { Button, Table } from "@mantine/core";
import type {
	FacilityExplanation,
	FacilityRow,
} from "../../../core/api/facilities.ts";
import { Facilities, FacilityExplain } from "../../../core/api/facilities.ts";
import { REPORT_HOLDS_DAYS } from "../../../core/facilities/report.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { useAnswer } from "../../state/answers.ts";
import type { AreaIndex } from "../../state/area-index.ts";
import { openFacility } from "../../state/open-facility.ts";
import { type ExplainedFacility, useView } from "../../state/view-state.ts";
import { FileDecision } from "../decision/file-decision.tsx";
import styles from "./explain.module.css";
import { ExplainWaiting } from "./explain-waiting.tsx";
import { SourceOrder } from "./source-order.tsx";

/** The hospital or laboratory of a number, once the register is there. */
export function useExplainedFacility(id: number | null): FacilityRow | null {
	const { data } = useAnswer(Facilities, {}, { enabled: id !== null });
	return data?.find((one) => one.id === id) ?? null;
}

/** Where a number of a hospital or laboratory comes from: what it is told from, whose report of which day, and what every source said. */
export function OfFacility({
	asked,
	facility,
	areas,
}: {
	asked: ExplainedFacility;
	facility: FacilityRow;
	areas: AreaIndex;
}) {
	const { t } = useLanguage();
	const asKnown = useView((view) => view.asKnown);
	const { data, isError, refetch } = useAnswer(FacilityExplain, {
		...asked,
		as_known: asKnown,
	});
	if (!data)
		return <ExplainWaiting failed={isError} again={() => void refetch()} />;
	return (
		<>
			<Told explanation={data} />
			<Statements explanation={data} />
			<section>
				<h3>{t("facilityExplain.register")}</h3>
				<p>
					{facility.code}
					{facility.class &&
						` · ${t("facilityExplain.class")} ${facility.class}`}
					{facility.positionSource
						? ` · ${t("facilityExplain.placedBy", { source: facility.positionSource.id_name })}`
						: ` · ${t("facilityExplain.placedAtSeat")}`}
				</p>
				<Button
					size="compact-sm"
					variant="default"
					data-testid="explain-open-facility"
					onClick={() => openFacility(facility, areas)}
				>
					{t("facilityExplain.open")}
				</Button>
			</section>
			<SourceOrder order={data.order} />
		</>
	);
}

/** The number, as large as it deserves, with the two it is made of, its source and its age. */
function Told({ explanation }: { explanation: FacilityExplanation }) {
	const { t, format, language } = useLanguage();
	const { told, terms, unit, day } = explanation;
	const value = told?.value ?? null;
	const [of, per] = terms;
	return (
		<section className={styles.fact}>
			<div>
				<h3>{t(`facilityExplain.measure.${explanation.measure}`)}</h3>
				<output
					className={styles.value}
					data-testid="explain-value"
					data-missing={value === null || undefined}
				>
					{value === null
						? t(told ? "value.notKnown" : "value.notReported")
						: unit === "share"
							? `${format.count(value * 100, 1)} %`
							: format.count(value, unit === "days" ? 1 : 0)}
				</output>
				{told?.source && (
					<small data-testid="explain-facility-source">
						{language === "id" ? told.source.id_name : told.source.en_name}
					</small>
				)}
			</div>
			<div>
				<h3>{t("explain.calculation")}</h3>
				<p data-testid="explain-facility-terms">
					{told && of
						? [of, ...(per ? [per] : [])]
								.map(
									({ column, value }) =>
										`${value === null ? t("value.notKnown") : format.number(value)} ${t(`facilityExplain.column.${wordOf(column)}`)}`,
								)
								.join(" ÷ ")
						: t("facilityExplain.nothing", { days: REPORT_HOLDS_DAYS })}
				</p>
				{told && (
					<>
						<h3>{t("facilityExplain.age")}</h3>
						<p>
							{t("facilityExplain.reportOf", { day: format.day(told.day) })}
							{told.age > 0 &&
								` ${t("facilityExplain.holds", { age: told.age, days: REPORT_HOLDS_DAYS, day: format.day(day) })}`}
							{told.asOf > told.day &&
								` ${t("facilityExplain.knownOn", { day: format.day(told.asOf) })}`}
						</p>
					</>
				)}
				<p className="muted">{t("facilityExplain.rule")}</p>
			</div>
		</section>
	);
}

/** What every source said on the days whose report could stand for the day. */
function Statements({ explanation }: { explanation: FacilityExplanation }) {
	const { t, format, language } = useLanguage();
	const { told, terms, statements } = explanation;
	return (
		<section data-testid="explain-sources">
			<h3>{t("explain.sources")}</h3>
			{statements.length === 0 ? (
				<p className="muted">
					{t("facilityExplain.nothing", { days: REPORT_HOLDS_DAYS })}
				</p>
			) : (
				<div className="scroll-x">
					<Table>
						<Table.Thead>
							<Table.Tr>
								<Table.Th>{t("explain.source")}</Table.Th>
								<Table.Th>{t("facilityExplain.day")}</Table.Th>
								{terms.map(({ column }) => (
									<Table.Th key={column} className="number">
										{t(`facilityExplain.column.${wordOf(column)}`)}
									</Table.Th>
								))}
								<Table.Th>{t("explain.asOf")}</Table.Th>
								<Table.Th>{t("explain.received")}</Table.Th>
							</Table.Tr>
						</Table.Thead>
						<Table.Tbody>
							{statements.map((one) => (
								<Table.Tr
									key={`${one.day} ${one.fileId} ${one.asOf}`}
									data-chosen={
										(told !== null &&
											one.withdrawn === null &&
											one.day === told.day &&
											one.source.key === told.source?.key &&
											terms.some(({ column }) => column in one.values)) ||
										undefined
									}
								>
									<Table.Td>
										<b>
											{language === "id"
												? one.source.id_name
												: one.source.en_name}
										</b>
										<br />
										<small>
											{one.file}
											{one.withdrawn !== null &&
												` · ${t("explain.withdrawn", { day: format.day(one.withdrawn) })}`}
										</small>
										<FileDecision
											file={one.fileId}
											withdrawn={one.withdrawn !== null}
											decision={false}
										/>
									</Table.Td>
									<Table.Td>{format.day(one.day)}</Table.Td>
									{terms.map(({ column }) => {
										const value = one.values[column];
										return (
											<Table.Td key={column} className="number">
												{value === undefined
													? t("facilityExplain.notStated")
													: format.number(value)}
											</Table.Td>
										);
									})}
									<Table.Td>{format.day(one.asOf)}</Table.Td>
									<Table.Td>{format.time(one.receivedAt)}</Table.Td>
								</Table.Tr>
							))}
						</Table.Tbody>
					</Table>
				</div>
			)}
		</section>
	);
}

/** Columns that some measure is told from; stocks are in none. */
type Column = FacilityExplanation["terms"][number]["column"];
const WORDS = [
	"beds",
	"beds_occupied",
	"icu_beds",
	"icu_occupied",
	"ventilators",
	"ventilators_used",
	"patients_confirmed",
	"admissions",
	"isolation_beds",
	"isolation_occupied",
	"emergency_free",
	"emergency_queue",
	"capacity",
	"tests_done",
	"positives",
	"backlog",
] as const satisfies readonly Column[];

function wordOf(column: Column): (typeof WORDS)[number] | "other" {
	return WORDS.find((one) => one === column) ?? "other";
}
