import { Button, Radio } from "@mantine/core";
import { Check, RotateCcw, X } from "lucide-react";
import { useMemo, useState } from "react";
import { liesIn } from "../../../core/access/scope.ts";
import type { StagedEntry } from "../../../core/api/decided.ts";
import { Undo } from "../../../core/api/decisions.ts";
import { FacilitySeriesOf } from "../../../core/api/facilities.ts";
import {
	AcceptStock,
	type HeldCount,
	RefuseStock,
	ReopenStock,
} from "../../../core/api/stock.ts";
import type { AreaCode } from "../../../core/areas/codes.ts";
import { STOCK_WINDOW_DAYS } from "../../../core/logistics/stock-fault.ts";
import { watchedAs } from "../../../core/logistics/watched-item.ts";
import type { Day } from "../../../core/series/day.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { LinesChart } from "../../parts/chart/lines-chart.tsx";
import { FormBox } from "../../parts/decision/form-box.tsx";
import { ReasonForm } from "../../parts/decision/reason-form.tsx";
import { UndoButton } from "../../parts/decision/undo-button.tsx";
import { AmountInput } from "../../parts/ui/amount-input.tsx";
import { Panel, PanelNotice } from "../../parts/ui/panel.tsx";
import { Waiting } from "../../parts/ui/pending-value.tsx";
import { useAnswer, useCommand } from "../../state/answers.ts";
import { type DraftForm, useDraftForm } from "../../state/drafts.ts";
import { useMay, useSession } from "../../state/session.ts";
import type { HeldRow } from "./held-counts.ts";
import styles from "./records.module.css";
import { useHeldWords } from "./use-held-words.ts";

/** One doubtful count: what is wrong with it, how it stands among the days around it, what was decided, and the way to decide. */
export function HeldCountPanel({
	row,
	day,
	asKnown,
	entry,
	undo,
	scope,
	toFacility,
}: {
	row: HeldRow | null;
	day: Day;
	asKnown: Day | null;
	/** What was decided here and is not shown yet. */
	entry: StagedEntry | undefined;
	/** The row of the audit trail that takes back what was decided here last. */
	undo: number | undefined;
	/** Code of the area of the facility. */
	scope: string | null;
	toFacility: (facility: number) => void;
}) {
	const { t, format, language } = useLanguage();
	const words = useHeldWords();
	const may = useMay(AcceptStock);
	const mayUndo = useMay(Undo);
	const { data: session } = useSession();
	if (!row)
		return (
			<Panel
				title={t("heldStock.column.decision")}
				testId="held-count"
				className={styles.one}
			>
				<PanelNotice>{t("heldStock.choose")}</PanelNotice>
			</Panel>
		);
	const mine =
		may &&
		session?.person != null &&
		scope !== null &&
		liesIn(scope as AreaCode, session.person.scope);
	return (
		<Panel
			title={row.name}
			subtitle={`${row.itemName} · ${format.day(row.day)}`}
			testId="held-count"
			className={styles.one}
		>
			<div className={styles.body}>
				<dl className={styles.facts}>
					<dt>{t("heldStock.column.stated")}</dt>
					<dd>
						{format.number(row.stated)} {row.unit}
					</dd>
					<dt>{t("heldStock.column.fault")}</dt>
					<dd>
						{words.fault(row)}
						{row.fault && (
							<small>{t(`heldStock.faultHelp.${row.fault}`)}</small>
						)}
					</dd>
					<dt>{t("heldStock.column.meant")}</dt>
					<dd>
						{row.meant === null
							? t("heldStock.noMeant")
							: `${format.number(row.meant)} ${row.unit}`}
					</dd>
					<dt>{t("heldStock.column.source")}</dt>
					<dd>{row.source?.[`${language}_name`] ?? "–"}</dd>
					<dt>{t("heldStock.column.decision")}</dt>
					<dd data-testid="held-standing">
						{entry ? (
							<Waiting testId="held-pending">
								{words.standing(row, entry)}
							</Waiting>
						) : (
							words.standing(row, undefined)
						)}
						{row.decision && (
							<small>
								{row.decision.person}, {format.time(row.decision.at)}:{" "}
								{row.decision.reason}
							</small>
						)}
					</dd>
				</dl>
				{!entry && mine && asKnown === null && (
					<div className={styles.acts}>
						<Decide row={row} act="accept" />
						{row.decision?.verdict !== "refused" && (
							<Decide row={row} act="refuse" />
						)}
						{undo !== undefined && mayUndo ? (
							<UndoButton audit={undo} />
						) : (
							row.decision && <Decide row={row} act="reopen" />
						)}
					</div>
				)}
				{!mine && <p className={styles.note}>{t("heldStock.looksOnly")}</p>}
				{mine && asKnown !== null && (
					<p className={styles.note}>{t("heldStock.past")}</p>
				)}
				<Course row={row} day={day} asKnown={asKnown} />
				<Button
					size="compact-xs"
					variant="default"
					data-testid="held-facility"
					onClick={() => toFacility(row.facility)}
				>
					{t("heldStock.toFacility")}
				</Button>
			</div>
		</Panel>
	);
}

/** The count among those of the days around it, as they were reported; only the daily report has a course. */
function Course({
	row,
	day,
	asKnown,
}: {
	row: HeldRow;
	day: Day;
	asKnown: Day | null;
}) {
	const { t, format } = useLanguage();
	const column = watchedAs(row.item)?.column;
	const { data } = useAnswer(
		FacilitySeriesOf,
		{ facility: row.facility, as_known: asKnown },
		{ enabled: column !== undefined },
	);
	const values = column && data?.values[column];
	const lines = useMemo(() => {
		if (!data || !values) return null;
		const from = Math.max(data.firstDay, row.day - STOCK_WINDOW_DAYS);
		const to = Math.min(day, row.day + STOCK_WINDOW_DAYS);
		const shown = values.slice(from - data.firstDay, to - data.firstDay + 1);
		return shown.some((value) => value !== null) ? { from, shown } : null;
	}, [data, values, row.day, day]);
	if (!lines) return null;
	return (
		<div className={styles.course}>
			<LinesChart
				firstDay={lines.from}
				lines={[{ label: t("heldStock.stock"), values: lines.shown, look: 0 }]}
				today={row.day}
				todayLabel={format.dayOfYear(row.day)}
				description={`${row.itemName}, ${t("heldStock.stock")}: ${lines.shown
					.map((value) => (value === null ? "–" : format.number(value)))
					.join(", ")}`}
				testId="held-course"
			/>
		</div>
	);
}

const ICONS = { accept: Check, refuse: X, reopen: RotateCcw } as const;

function Decide({
	row,
	act,
}: {
	row: HeldRow;
	act: "accept" | "refuse" | "reopen";
}) {
	const { t } = useLanguage();
	const form = useDraftForm();
	return (
		<FormBox
			form={form}
			icon={ICONS[act]}
			label={t(`heldStock.${act}`)}
			testId={`held-${act}`}
			position="bottom-end"
		>
			{act === "accept" ? (
				<AcceptForm row={row} form={form} />
			) : (
				<OutForm row={row} act={act} form={form} />
			)}
		</FormBox>
	);
}

/** Which count, as the commands name it. */
function countOf({ facility, item, day, stated }: HeldCount) {
	return { facility, item, day, stated };
}

function AcceptForm({ row, form }: { row: HeldRow; form: DraftForm }) {
	const { t } = useLanguage();
	const { effect, amount } = useEffectWords(row);
	const accept = useCommand(AcceptStock);
	const [as, setAs] = useState<"stated" | "meant" | "other">(
		row.meant !== null ? "meant" : row.stated >= 0 ? "stated" : "other",
	);
	const [other, setOther] = useState<number | string>("");
	const value = { stated: row.stated, meant: row.meant, other }[as];
	const ready = typeof value === "number" && value >= 0;
	return (
		<ReasonForm
			does={t("heldStock.accept")}
			testId="held-accept-form"
			form={form}
			begun={other !== ""}
			ready={ready}
			order={(reason) =>
				accept.mutateAsync({ ...countOf(row), value: value as number, reason })
			}
		>
			<Radio.Group
				label={t("heldStock.acceptAs")}
				value={as}
				onChange={(one) => setAs(one as typeof as)}
			>
				<div className={styles.choices}>
					{row.meant !== null && (
						<Radio
							value="meant"
							data-testid="held-as-meant"
							label={t("heldStock.as.meant", { value: amount(row.meant) })}
						/>
					)}
					{row.stated >= 0 && (
						<Radio
							value="stated"
							data-testid="held-as-stated"
							label={t("heldStock.as.stated", { value: amount(row.stated) })}
						/>
					)}
					<Radio
						value="other"
						data-testid="held-as-other"
						label={t("heldStock.as.other")}
					/>
				</div>
			</Radio.Group>
			{as === "other" && (
				<AmountInput
					label={t("heldStock.otherValue", { unit: row.unit })}
					value={other}
					onChange={setOther}
					min={0}
					allowNegative={false}
					required
					data-testid="held-other-value"
				/>
			)}
			{ready && <p>{effect(value)}</p>}
		</ReasonForm>
	);
}

/** Takes a count out of the sums, or a decision back. */
function OutForm({
	row,
	act,
	form,
}: {
	row: HeldRow;
	act: "refuse" | "reopen";
	form: DraftForm;
}) {
	const { t } = useLanguage();
	const { effect } = useEffectWords(row);
	const refuse = useCommand(RefuseStock);
	const reopen = useCommand(ReopenStock);
	return (
		<ReasonForm
			does={t(`heldStock.${act}`)}
			testId={`held-${act}-form`}
			form={form}
			order={(reason) =>
				(act === "refuse" ? refuse : reopen).mutateAsync({
					...countOf(row),
					reason,
				})
			}
		>
			<p>{t(`heldStock.${act}Help`)}</p>
			<p>
				{effect(act === "refuse" || row.fault !== null ? null : row.stated)}
			</p>
		</ReasonForm>
	);
}

/** What counts of it now, and what will after the decision. */
function useEffectWords(row: HeldRow) {
	const { t, format } = useLanguage();
	const amount = (value: number) => `${format.number(value)} ${row.unit}`;
	const counts = (value: number | null) =>
		value === null
			? t("heldStock.counts.none")
			: t("heldStock.counts.some", { value: amount(value) });
	return {
		amount,
		effect: (after: number | null) =>
			t("heldStock.change", {
				before: counts(row.decision?.value ?? null),
				after: counts(after),
			}),
	};
}
