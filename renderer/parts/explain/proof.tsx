import { Table, UnstyledButton } from "@mantine/core";
import type { Explanation, FigureTerm } from "../../../core/api/explain.ts";
import { isApart } from "../../../core/areas/codes.ts";
import type { IndicatorKey } from "../../../core/series/indicator.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import type { AreaIndex } from "../../state/area-index.ts";
import { useFollows } from "../../state/follow.ts";
import { type ExplainedCell, useView } from "../../state/view-state.ts";
import { UNNAMED } from "../ui/completeness.tsx";
import { MarkChips } from "../ui/mark-list.tsx";
import numbers from "../ui/number-button.module.css";
import { useSourceChangeText } from "../ui/source-change.ts";

type Figure = NonNullable<Explanation["figure"]["of"]>;
type TermOf<Kind extends FigureTerm["kind"]> = Extract<
	FigureTerm,
	{ kind: Kind }
>;

function termsOf<Kind extends FigureTerm["kind"]>(
	figure: Figure,
	kind: Kind,
): TermOf<Kind>[] {
	return figure.terms.filter(
		(term): term is TermOf<Kind> => term.kind === kind,
	);
}

/** What the number that was clicked is made of, so that it can be computed again with a pencil. */
export function Proof({
	cell,
	figure,
	of,
	areas,
}: {
	cell: ExplainedCell;
	figure: Figure;
	/** Of a rate: the count that it divides. */
	of: Figure | null;
	areas: AreaIndex;
}) {
	const { t } = useLanguage();
	if (figure.terms.length === 0 || figure.how === "report") return null;
	return (
		<section data-testid="explain-proof" data-how={figure.how}>
			<h3>{t("explain.calculation")}</h3>
			<Terms cell={cell} figure={figure} areas={areas} />
			{of && of.how !== "report" && (
				<Terms cell={cell} figure={of} areas={areas} />
			)}
		</section>
	);
}

function Terms({
	cell,
	figure,
	areas,
}: {
	cell: ExplainedCell;
	figure: Figure;
	areas: AreaIndex;
}) {
	switch (figure.how) {
		case "rate":
			return <Rate figure={figure} />;
		case "active":
			return <Parts cell={cell} figure={figure} areas={areas} />;
		case "week":
			return <Days figure={figure} />;
		case "change":
			return <Ends figure={figure} areas={areas} />;
		case "sum":
			return <Areas cell={cell} figure={figure} areas={areas} />;
		default:
			return null;
	}
}

function Rate({ figure }: { figure: Figure }) {
	const { t, format } = useLanguage();
	const [count] = termsOf(figure, "count");
	const [people] = termsOf(figure, "people");
	if (!count || !people || figure.value === null) return null;
	/** The built-in denominators by their keys; an imported file speaks for itself. */
	const source =
		people.source === "census-2020"
			? t("explain.census2020")
			: people.source === "census-2020-divided"
				? t("explain.census2020Divided")
				: (people.source ?? "–");
	return (
		<p data-testid="proof-rate">
			{t("explain.per100k", {
				value: format.number(count.value),
				population: format.number(people.value),
				year: people.year ?? "–",
				source,
				result: format.rate(figure.value),
			})}
		</p>
	);
}

/** Confirmed less recovered less deaths, each with its own source, over the areas for which all three are known. */
function Parts({
	cell,
	figure,
	areas,
}: {
	cell: ExplainedCell;
	figure: Figure;
	areas: AreaIndex;
}) {
	const { t, format } = useLanguage();
	const { originName } = useSourceChangeText();
	const explain = useView((view) => view.explain);
	return (
		<>
			<p>{t("indicator.activeFormula")}</p>
			<Table>
				<Table.Tbody>
					{termsOf(figure, "indicator").map((term) => {
						const key = term.indicator as IndicatorKey;
						return (
							<Table.Tr
								key={term.indicator}
								data-testid={`proof-${term.indicator}`}
							>
								<Table.Td>{term.sign === 1 ? "+" : "−"}</Table.Td>
								<Table.Td>
									<UnstyledButton
										className={numbers.button}
										onClick={() =>
											explain({
												...cell,
												indicator: key,
												measure: "total",
												period: undefined,
											})
										}
									>
										{t(`indicator.${key}`)}
									</UnstyledButton>
									<br />
									<small>
										{originName(term.origin)}
										{term.areas.length > 0 &&
											` · ${t("explain.overAreas", { count: format.number(term.areas.length) })}`}
									</small>
								</Table.Td>
								<Table.Td className="number">
									<b>{format.number(term.value)}</b>
								</Table.Td>
								<Table.Td>
									<MarkChips marks={term.marks} />
								</Table.Td>
							</Table.Tr>
						);
					})}
					<Result figure={figure} columns={[2, 1]} />
				</Table.Tbody>
			</Table>
			<Areas cell={cell} figure={figure} areas={areas} />
		</>
	);
}

function Days({ figure }: { figure: Figure }) {
	const { t, format } = useLanguage();
	const days = termsOf(figure, "day");
	const digits = days.every((day) => Number.isInteger(day.new ?? 0)) ? 0 : 1;
	const came = (value: number | null) =>
		value === null ? t("value.notKnown") : format.count(value, digits);
	const corrected = (value: number | null) =>
		value === null ? "" : format.signed(value);
	return (
		<Table data-testid="proof-days">
			<Table.Thead>
				<Table.Tr>
					<Table.Th>{t("trend.day")}</Table.Th>
					<Table.Th className="number">{t("explain.newOnDay")}</Table.Th>
					<Table.Th className="number">{t("trend.correction")}</Table.Th>
					<Table.Th>{t("trend.marks")}</Table.Th>
				</Table.Tr>
			</Table.Thead>
			<Table.Tbody>
				{days.map((day) => (
					<Table.Tr key={day.day}>
						<Table.Td>{format.dayWithWeekday(day.day)}</Table.Td>
						<Table.Td className="number">{came(day.new)}</Table.Td>
						<Table.Td className="number">{corrected(day.correction)}</Table.Td>
						<Table.Td>
							<MarkChips marks={day.marks} />
						</Table.Td>
					</Table.Tr>
				))}
				<Table.Tr>
					<Table.Th>=</Table.Th>
					<Table.Th className="number">{came(figure.value)}</Table.Th>
					<Table.Th className="number">{corrected(figure.corrected)}</Table.Th>
					<Table.Th />
				</Table.Tr>
			</Table.Tbody>
		</Table>
	);
}

/** A change: of each area its value and that of seven days before. */
function Ends({ figure, areas }: { figure: Figure; areas: AreaIndex }) {
	const { t, format } = useLanguage();
	const follows = useFollows("kecamatan");
	const said = (value: number | null, id: number) => {
		if (value !== null) return format.number(value);
		const area = areas.byId(id);
		return follows && area && isApart(area.level)
			? t("value.notYetKnown")
			: t("value.notReported");
	};
	return (
		<Table data-testid="proof-ends">
			<Table.Thead>
				<Table.Tr>
					<Table.Th>{t("table.area")}</Table.Th>
					<Table.Th className="number">{t("explain.before7")}</Table.Th>
					<Table.Th className="number">{t("explain.onDay")}</Table.Th>
					<Table.Th />
				</Table.Tr>
			</Table.Thead>
			<Table.Tbody>
				{termsOf(figure, "ends").map((term) => (
					<Table.Tr key={term.area}>
						<Table.Td>{areas.byId(term.area)?.name ?? UNNAMED}</Table.Td>
						<Table.Td className="number">
							{said(term.before, term.area)}
						</Table.Td>
						<Table.Td className="number">{said(term.now, term.area)}</Table.Td>
						<Table.Td>
							{!term.counted && (
								<small className="muted">{t("explain.notCounted")}</small>
							)}
						</Table.Td>
					</Table.Tr>
				))}
				<Table.Tr>
					<Table.Th colSpan={2}>=</Table.Th>
					<Table.Th className="number">
						{figure.value === null
							? t("value.notKnown")
							: format.signed(figure.value)}
					</Table.Th>
					<Table.Th />
				</Table.Tr>
			</Table.Tbody>
		</Table>
	);
}

/** A sum: every area below with what it reported, the silent ones too, which are not in it. */
function Areas({
	cell,
	figure,
	areas,
}: {
	cell: ExplainedCell;
	figure: Figure;
	areas: AreaIndex;
}) {
	const { t, format, language } = useLanguage();
	const explain = useView((view) => view.explain);
	const terms = termsOf(figure, "area");
	const [rest] = termsOf(figure, "rest");
	if (terms.length === 0) return null;
	return (
		<details data-testid="proof-areas" open={terms.length <= SHORT_LIST}>
			<summary>
				{t("explain.areas", { count: format.number(terms.length) })}
			</summary>
			<Table>
				<Table.Tbody>
					{terms.map((term) => (
						<Table.Tr key={term.area}>
							<Table.Td>
								{areas.byId(term.area)?.name ?? UNNAMED}
								{term.source && (
									<>
										<br />
										<small>
											{language === "id"
												? term.source.id_name
												: term.source.en_name}
										</small>
									</>
								)}
							</Table.Td>
							<Table.Td className="number">
								<UnstyledButton
									className={numbers.button}
									data-missing={term.value === null || undefined}
									onClick={() =>
										explain({
											...cell,
											area: term.area,
											measure: "total",
											period: undefined,
										})
									}
								>
									{term.value === null
										? t("value.notReported")
										: format.number(term.value)}
								</UnstyledButton>
							</Table.Td>
							<Table.Td>
								<MarkChips marks={term.marks} />
							</Table.Td>
						</Table.Tr>
					))}
					{rest && (
						<Table.Tr>
							<Table.Td>{t("explain.rest")}</Table.Td>
							<Table.Td className="number">
								{format.signed(rest.value)}
							</Table.Td>
							<Table.Td />
						</Table.Tr>
					)}
					{figure.how === "sum" && <Result figure={figure} columns={[1, 1]} />}
				</Table.Tbody>
			</Table>
		</details>
	);
}

/** Above this many areas a sum is opened on request. */
const SHORT_LIST = 12;

function Result({
	figure,
	columns: [before, after],
}: {
	figure: Figure;
	columns: readonly [number, number];
}) {
	const { t, format } = useLanguage();
	return (
		<Table.Tr>
			<Table.Th colSpan={before}>=</Table.Th>
			<Table.Th className="number" data-testid="proof-result">
				{figure.value === null
					? t("value.notKnown")
					: format.number(figure.value)}
			</Table.Th>
			<Table.Th colSpan={after} />
		</Table.Tr>
	);
}
