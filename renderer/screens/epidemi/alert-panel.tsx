import { Button, NumberInput, Radio, TextInput } from "@mantine/core";
import {
	Check,
	CheckCheck,
	Clock,
	MapPin,
	NotebookPen,
	RotateCcw,
	UserPlus,
} from "lucide-react";
import { useMemo, useState } from "react";
import { liesIn } from "../../../core/access/scope.ts";
import {
	AlertEvidence,
	type Evidence,
	HandleAlert,
	type InboxAlert,
} from "../../../core/api/alerts.ts";
import type { StagedEntry } from "../../../core/api/decided.ts";
import type { AreaCode } from "../../../core/areas/codes.ts";
import { SHARES } from "../../../core/epidemic/alert-rule.ts";
import {
	type AlertChange,
	LONGEST_SNOOZE,
} from "../../../core/epidemic/alert-standing.ts";
import type { Day } from "../../../core/series/day.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { LinesChart } from "../../parts/chart/lines-chart.tsx";
import { FormBox } from "../../parts/decision/form-box.tsx";
import { ReasonForm } from "../../parts/decision/reason-form.tsx";
import { UndoButton } from "../../parts/decision/undo-button.tsx";
import { Working } from "../../parts/ui/computing.tsx";
import { Panel, PanelNotice } from "../../parts/ui/panel.tsx";
import { PanelFailure } from "../../parts/ui/panel-failure.tsx";
import { Waiting } from "../../parts/ui/pending-value.tsx";
import { useCommand } from "../../state/answers.ts";
import { type DraftForm, useDraftForm } from "../../state/drafts.ts";
import { useMay, useSession } from "../../state/session.ts";
import { useStoppable } from "../../state/stoppable.ts";
import { type AlertWords, UNIT_OF } from "./alert-words.ts";
import styles from "./alerts.module.css";

const A_WEEK = 7;
/** As figures are written (alert-words). */
const DIGITS = { times: 2, rt: 2, percent: 1, days: 0 } as const;

/** One alert: why it was raised, what it rests on, what was done with it, and what can be done. */
export function AlertPanel({
	alert,
	today,
	entry,
	undo,
	words,
	toArea,
}: {
	alert: InboxAlert | null;
	/** The last day of the dataset. */
	today: Day;
	/** What was done here and is not shown yet. */
	entry: StagedEntry | undefined;
	/** The row of the audit trail that takes back what was done here last. */
	undo: number | undefined;
	words: AlertWords;
	toArea: (area: number) => void;
}) {
	const { t, format } = useLanguage();
	const may = useMay(HandleAlert);
	const { data: session } = useSession();
	if (!alert)
		return (
			<Panel
				title={t("alerts.evidence.title")}
				testId="alert-panel"
				className={styles.one}
			>
				<PanelNotice>{t("alerts.choose")}</PanelNotice>
			</Panel>
		);
	const mine =
		may &&
		session?.person != null &&
		liesIn(alert.code as AreaCode, session.person.scope);
	const { standing } = alert;
	const stands = [
		t(`alerts.turn.${alert.turn}`),
		...(standing.verdict ? [t(`alerts.verdict.${standing.verdict}`)] : []),
		standing.assignee ?? t("alerts.standing.nobody"),
		...(alert.turn === "snoozed" && standing.snoozedUntil !== null
			? [
					t("alerts.standing.asleep", {
						day: format.day(standing.snoozedUntil),
					}),
				]
			: []),
	].join(" · ");
	return (
		<Panel
			title={alert.name}
			subtitle={`${words.rule(alert.rule)} · ${format.day(alert.day)}`}
			testId="alert-panel"
			className={styles.one}
		>
			<div className={styles.body}>
				<dl className={styles.facts}>
					<dt>{t("alerts.fact.why")}</dt>
					<dd data-testid="alert-why">
						<b>{words.figure(alert.kind, alert.value)}</b>
						{!alert.gone && <small>{words.basis(alert)}</small>}
					</dd>
					<dt>{t("alerts.fact.threshold")}</dt>
					<dd>
						{t("alerts.fact.thresholdOf", {
							threshold: words.figure(alert.kind, alert.threshold),
							version: format.number(alert.version),
						})}
					</dd>
					{!alert.gone && (
						<>
							<dt>{t("alerts.fact.until")}</dt>
							<dd>
								{t(`alerts.holds.${alert.holds ? "yes" : "no"}`, {
									day: format.day(alert.until),
								})}
							</dd>
							<dt>{t("alerts.fact.now")}</dt>
							<dd>
								{alert.now === null
									? t("alerts.fact.unknown")
									: words.figure(alert.kind, alert.now)}
							</dd>
						</>
					)}
					<dt>{t("alerts.fact.standing")}</dt>
					<dd data-testid="alert-standing">
						{entry ? (
							<Waiting testId="alert-pending">
								{stands} → {t("alerts.pending")}
							</Waiting>
						) : (
							stands
						)}
					</dd>
				</dl>
				{alert.gone && <p className={styles.warn}>{t("alerts.gone")}</p>}
				{alert.corrected && (
					<p className={styles.warn} data-testid="alert-corrected">
						{t("alerts.corrected", {
							value: words.figure(alert.kind, alert.now),
						})}
					</p>
				)}
				{mine && !entry && <Acts alert={alert} today={today} undo={undo} />}
				{!mine && <p className={styles.note}>{t("alerts.looksOnly")}</p>}
				<EvidenceOf alert={alert} words={words} />
				{alert.steps.length > 0 && (
					<section className={styles.history} data-testid="alert-steps">
						<h3>{t("alerts.steps")}</h3>
						<ol>
							{alert.steps.map((step) => (
								<li key={`${step.at} ${step.person}`}>
									<b>{step.person}</b> <Step change={step.change} />
									<small>
										{format.time(step.at)}: {step.reason}
									</small>
								</li>
							))}
						</ol>
					</section>
				)}
				<Button
					size="compact-xs"
					variant="default"
					leftSection={<MapPin size="1em" aria-hidden />}
					data-testid="alert-area"
					onClick={() => toArea(alert.area)}
				>
					{t("alerts.act.toArea")}
				</Button>
			</div>
		</Panel>
	);
}

function Step({ change }: { change: AlertChange }) {
	const { t, format } = useLanguage();
	switch (change.kind) {
		case "assign":
			return t("alerts.step.assign", { to: change.to ?? "–" });
		case "snooze":
			return t("alerts.step.snooze", {
				day: change.until === null ? "–" : format.day(change.until),
			});
		case "close":
			return t(`alerts.step.close.${change.verdict}`);
		default:
			return t(`alerts.step.${change.kind}`);
	}
}

/** What every command about an alert names. */
function namedBy(alert: InboxAlert) {
	return {
		rule: alert.rule,
		area: alert.code,
		day: alert.day,
		seen: {
			version: alert.version,
			value: alert.value ?? 0,
			threshold: alert.threshold,
		},
	};
}

function Acts({
	alert,
	today,
	undo,
}: {
	alert: InboxAlert;
	today: Day;
	undo: number | undefined;
}) {
	const { t } = useLanguage();
	const handle = useCommand(HandleAlert);
	const closed = alert.standing.status === "closed";
	return (
		<div className={styles.acts}>
			{alert.standing.status === "new" && (
				<Button
					size="compact-xs"
					leftSection={<Check size="1em" aria-hidden />}
					aria-keyshortcuts="a"
					data-testid="alert-acknowledge"
					loading={handle.isPending}
					onClick={() =>
						handle.mutate({
							...namedBy(alert),
							change: { kind: "acknowledge" },
							reason: t("alerts.acknowledged"),
						})
					}
				>
					{t("alerts.act.acknowledge")}
				</Button>
			)}
			{!closed && <Act alert={alert} today={today} act="assign" />}
			<Act alert={alert} today={today} act="note" />
			{!closed && <Act alert={alert} today={today} act="snooze" />}
			<Act alert={alert} today={today} act={closed ? "reopen" : "close"} />
			{undo !== undefined && <UndoButton audit={undo} />}
		</div>
	);
}

type Asked = "assign" | "note" | "snooze" | "close" | "reopen";
const ICONS = {
	assign: UserPlus,
	note: NotebookPen,
	snooze: Clock,
	close: CheckCheck,
	reopen: RotateCcw,
} as const;

function Act(props: { alert: InboxAlert; today: Day; act: Asked }) {
	const { t } = useLanguage();
	const form = useDraftForm();
	return (
		<FormBox
			form={form}
			icon={ICONS[props.act]}
			label={t(`alerts.act.${props.act}`)}
			testId={`alert-${props.act}`}
			position="bottom-end"
		>
			<ActForm {...props} form={form} />
		</FormBox>
	);
}

function ActForm({
	alert,
	today,
	act,
	form,
}: {
	alert: InboxAlert;
	today: Day;
	act: Asked;
	form: DraftForm;
}) {
	const { t, format } = useLanguage();
	const handle = useCommand(HandleAlert);
	const { data: session } = useSession();
	const [to, setTo] = useState(session?.person?.display ?? "");
	const [days, setDays] = useState<number | string>(A_WEEK);
	const [verdict, setVerdict] = useState<"true" | "false" | null>(null);
	const until = typeof days === "number" ? today + days : null;
	const change: AlertChange | null =
		act === "assign"
			? to.trim().length >= 2
				? { kind: "assign", to: to.trim() }
				: null
			: act === "snooze"
				? until === null
					? null
					: { kind: "snooze", until }
				: act === "close"
					? verdict && { kind: "close", verdict }
					: { kind: act };
	return (
		<ReasonForm
			does={t(`alerts.act.${act}`)}
			testId={`alert-${act}-form`}
			form={form}
			begun={verdict !== null}
			ready={change !== null}
			order={(reason) =>
				handle.mutateAsync({
					...namedBy(alert),
					change: change as AlertChange,
					reason,
				})
			}
		>
			{act === "assign" && (
				<TextInput
					size="xs"
					label={t("alerts.assignTo")}
					value={to}
					maxLength={80}
					required
					data-testid="alert-assignee"
					onChange={(event) => setTo(event.currentTarget.value)}
				/>
			)}
			{act === "snooze" && (
				<NumberInput
					size="xs"
					label={t("alerts.snoozeDays")}
					value={days}
					onChange={setDays}
					min={1}
					max={LONGEST_SNOOZE}
					allowDecimal={false}
					data-testid="alert-snooze-days"
				/>
			)}
			{act === "close" && (
				<Radio.Group
					label={t("alerts.closeAs")}
					value={verdict ?? ""}
					onChange={(one) => setVerdict(one as "true" | "false")}
				>
					<div className={styles.choices}>
						{(["true", "false"] as const).map((one) => (
							<Radio
								key={one}
								value={one}
								data-testid={`alert-verdict-${one}`}
								label={t(`alerts.verdict.${one}`)}
							/>
						))}
					</div>
				</Radio.Group>
			)}
			<p>
				{act === "snooze"
					? until !== null &&
						t("alerts.snoozeUntil", { day: format.day(until) })
					: t(`alerts.does.${act}`, { name: to.trim() || "–" })}
			</p>
		</ReasonForm>
	);
}

/** The figure of an alert day by day, its threshold, who says it and how old that was. */
function EvidenceOf({
	alert,
	words,
}: {
	alert: InboxAlert;
	words: AlertWords;
}) {
	const { t, format, language } = useLanguage();
	const [asTable, setAsTable] = useState(false);
	const { query, progress, stop, again } = useStoppable(AlertEvidence, {
		rule: alert.rule,
		area: alert.code,
		day: alert.day,
	});
	const { data, error } = query;
	if (error && !data) return <PanelFailure error={error} again={again} />;
	if (data === undefined) return <Working progress={progress} stop={stop} />;
	if (data === null)
		return <PanelNotice>{t("alerts.evidence.none")}</PanelNotice>;
	const others = data.beside.map(
		({ rule, day }) => `${words.rule(rule)} (${format.day(day)})`,
	);
	return (
		<>
			<dl className={styles.facts}>
				<dt>{t("alerts.fact.source")}</dt>
				<dd data-testid="alert-source">
					{data.lastReported === null
						? t("alerts.fact.noSource")
						: t("alerts.fact.sourceOf", {
								sources:
									data.sources
										.map((one) => one[`${language}_name`])
										.join(", ") || "–",
								day: format.day(data.lastReported),
								age: t("alerts.figure.days", {
									count: alert.day - data.lastReported,
								}),
							})}
				</dd>
			</dl>
			{others.length > 0 && (
				<p className={styles.note}>
					{t(
						data.beside.some(({ rule }) => rule === "jump") &&
							data.kind === "growth"
							? "alerts.beside"
							: "alerts.besideOther",
						{ rules: others.join(", ") },
					)}
				</p>
			)}
			<div className={styles.heading}>
				<h3>{t("alerts.evidence.title")}</h3>
				<Button
					size="compact-xs"
					variant="default"
					data-testid="alert-evidence-table"
					onClick={() => setAsTable(!asTable)}
				>
					{t(asTable ? "alerts.evidence.chart" : "alerts.evidence.table")}
				</Button>
			</div>
			{asTable ? (
				<EvidenceTable data={data} words={words} />
			) : (
				<EvidenceChart alert={alert} data={data} words={words} />
			)}
		</>
	);
}

function EvidenceChart({
	alert,
	data,
	words,
}: {
	alert: InboxAlert;
	data: Evidence;
	words: AlertWords;
}) {
	const { t, format } = useLanguage();
	const lines = useMemo(() => {
		const scale = SHARES.includes(data.kind) ? 100 : 1;
		const drawn = (values: readonly (number | null)[]) =>
			values.map((value) => (value === null ? null : value * scale));
		const differs = data.now.some(
			(value, at) => Math.abs((value ?? -1) - (data.asKnown[at] ?? -1)) > 1e-9,
		);
		return [
			{
				label: t("alerts.evidence.onDay"),
				values: drawn(data.asKnown),
				look: 0,
			},
			...(differs
				? [
						{
							label: t("alerts.evidence.now"),
							values: drawn(data.now),
							look: 2,
						},
					]
				: []),
			{
				label: t("alerts.evidence.threshold"),
				values: drawn(data.threshold),
				look: 1,
			},
		];
	}, [data, t]);
	return (
		<div className={styles.course}>
			<LinesChart
				firstDay={data.firstDay}
				lines={lines}
				today={alert.day}
				todayLabel={format.dayOfYear(alert.day)}
				description={t("alerts.evidence.describe", {
					rule: words.rule(alert.rule),
					area: alert.name,
					day: format.day(alert.day),
					value: words.figure(alert.kind, alert.value),
					threshold: words.figure(alert.kind, alert.threshold),
				})}
				digits={DIGITS[UNIT_OF[data.kind]]}
				testId="alert-course"
			/>
		</div>
	);
}

function EvidenceTable({ data, words }: { data: Evidence; words: AlertWords }) {
	const { t, format } = useLanguage();
	const days = data.asKnown.map((_, at) => data.firstDay + at).reverse();
	return (
		<div className={styles.days}>
			<table data-testid="alert-days">
				<thead>
					<tr>
						<th>{t("alerts.evidence.day")}</th>
						<th>{t("alerts.evidence.onDay")}</th>
						<th>{t("alerts.evidence.now")}</th>
						<th>{t("alerts.column.size")}</th>
						<th>{t("alerts.column.against")}</th>
						<th>{t("alerts.evidence.threshold")}</th>
					</tr>
				</thead>
				<tbody>
					{days.map((day) => {
						const at = day - data.firstDay;
						const against = data.against[at] ?? null;
						return (
							<tr key={day}>
								<th>{format.day(day)}</th>
								<td>{words.figure(data.kind, data.asKnown[at] ?? null)}</td>
								<td>{words.figure(data.kind, data.now[at] ?? null)}</td>
								<td>{words.amount(data.size[at] ?? null)}</td>
								<td>
									{data.kind === "rt" && against !== null
										? format.rate(against)
										: words.amount(against)}
								</td>
								<td>{words.figure(data.kind, data.threshold[at] ?? null)}</td>
							</tr>
						);
					})}
				</tbody>
			</table>
		</div>
	);
}
