import { Button, TextInput } from "@mantine/core";
import { PenLine } from "lucide-react";
import { useState } from "react";
import type { AreaRow } from "../../../core/api/areas.ts";
import { cellKey, decidedCells } from "../../../core/api/decided.ts";
import { OverrideValue as OverrideValueCommand } from "../../../core/api/decisions.ts";
import type { Explanation } from "../../../core/api/explain.ts";
import { RULES } from "../../../core/quality/rule.ts";
import {
	type IndicatorKey,
	indicatorByKey,
} from "../../../core/series/indicator.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { useCommand } from "../../state/answers.ts";
import { type DraftForm, useDraftForm } from "../../state/drafts.ts";
import { useOutbox } from "../../state/outbox.ts";
import { useMay } from "../../state/session.ts";
import { AmountInput } from "../ui/amount-input.tsx";
import { DayInput, typedDay } from "../ui/day-input.tsx";
import styles from "./decision.module.css";
import { useDecisionWords } from "./decision-words.tsx";
import { ReasonForm } from "./reason-form.tsx";
import { UndoButton } from "./undo-button.tsx";

/** The value of one area and day, decided by a person against the sources; offered to those who may. */
export function OverrideValue({
	explanation,
	area,
	asKnown,
}: {
	explanation: Explanation;
	area: AreaRow;
	/** A past state of knowledge is not changed. */
	asKnown: number | null;
}) {
	const { t } = useLanguage();
	const may = useMay(OverrideValueCommand);
	const form = useDraftForm();
	const indicator = explanation.indicator as IndicatorKey;
	if (indicatorByKey(indicator).derived) return null;
	return (
		<section data-testid="override">
			<DecidedHere
				cell={{ indicator, area: area.code, day: explanation.day }}
			/>
			{may && asKnown === null && !form.opened && (
				<Button
					size="compact-sm"
					variant="default"
					leftSection={<PenLine size="1em" aria-hidden />}
					data-testid="override-open"
					onClick={form.open}
				>
					{t("decision.override.open")}
				</Button>
			)}
			{may && asKnown === null && form.opened && (
				<OverrideForm explanation={explanation} area={area} form={form} />
			)}
		</section>
	);
}

function OverrideForm({
	explanation,
	area,
	form,
}: {
	explanation: Explanation;
	area: AreaRow;
	form: DraftForm;
}) {
	const { t, format, language } = useLanguage();
	const words = useDecisionWords();
	const command = useCommand(OverrideValueCommand);
	const { fact, day } = explanation;
	const indicator = explanation.indicator as IndicatorKey;
	const rule = RULES.find((entry) => entry.key === fact?.rule);
	const [value, setValue] = useState<number | string>("");
	const [source, setSource] = useState("");
	const [untilText, setUntilText] = useState("");
	const until = typedDay(untilText);
	const now =
		fact?.value == null ? t("value.notReported") : format.number(fact.value);
	return (
		<ReasonForm
			testId="override-form"
			does={t("decision.override.order")}
			form={form}
			begun={[value, source, untilText].some((text) => text !== "")}
			ready={
				typeof value === "number" &&
				source.trim().length >= 3 &&
				until !== undefined
			}
			order={(reason) =>
				command.mutateAsync({
					indicator,
					area: area.code,
					day,
					value: value as number,
					source: source.trim(),
					until: until ?? null,
					reason,
				} as Parameters<typeof command.mutateAsync>[0])
			}
		>
			<h3>{words.cell(indicator, area.code, day)}</h3>
			<p data-testid="override-before">
				{t("decision.override.before", { value: now })}
				{rule && ` ${language === "id" ? rule.id_text : rule.en_text}`}
			</p>
			<AmountInput
				label={t("decision.override.value")}
				value={value}
				onChange={setValue}
				min={0}
				allowDecimal={false}
				allowNegative={false}
				required
				data-autofocus
				data-testid="override-value"
			/>
			<TextInput
				label={t("decision.override.source")}
				description={t("decision.override.sourceHelp")}
				value={source}
				maxLength={200}
				required
				data-testid="override-source"
				onChange={(event) => setSource(event.currentTarget.value)}
			/>
			<DayInput
				label={t("decision.override.until")}
				description={t("decision.override.untilHelp")}
				text={untilText}
				data-testid="override-until"
				change={setUntilText}
			/>
			{typeof value === "number" && (
				<p data-testid="override-change">
					{t("decision.override.change", {
						before: now,
						after: format.number(value),
					})}
				</p>
			)}
		</ReasonForm>
	);
}

interface Cell {
	indicator: IndicatorKey;
	/** Code of the area. */
	area: string;
	day: number;
}

/** What was decided here about a value, what became of it, and the way back. */
function DecidedHere({ cell }: { cell: Cell }) {
	const { t, format } = useLanguage();
	const decided = decidedCells(useOutbox()).get(cellKey(cell));
	if (!decided || decided.undone?.stage === "shown") return null;
	const { entry, request, undone } = decided;
	return (
		<div
			className={styles.decided}
			data-testid="decided"
			data-stage={entry.stage}
		>
			<p>
				{t("decision.decided", {
					value: format.number(request.value),
					person: entry.person.display,
					time: format.time(entry.givenAt),
				})}{" "}
				{t(`decision.stage.${undone?.stage ?? entry.stage}`)}
			</p>
			<p>
				<small>
					{request.source} · {request.reason}
					{request.until !== null &&
						` · ${t("decision.until", { day: format.day(request.until) })}`}
				</small>
			</p>
			{undone ? (
				<p>{t("decision.pending.undone")}</p>
			) : (
				<>
					{entry.audit !== null && <UndoButton audit={entry.audit} />}
					<small> {t("decision.whoUndoes")}</small>
				</>
			)}
		</div>
	);
}
