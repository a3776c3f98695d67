import { Button, Checkbox, Select, TextInput } from "@mantine/core";
import { FlaskConical, Save } from "lucide-react";
import { useState } from "react";
import {
	AlertDryRun,
	type AlertRuleVersion,
	type DryRun,
	type RuleScore,
	SaveAlertRule,
} from "../../../core/api/alerts.ts";
import {
	ALERT_LEVELS,
	AlertRuleBody,
	SHARES,
} from "../../../core/epidemic/alert-rule.ts";
import type { Day } from "../../../core/series/day.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { FormBox } from "../../parts/decision/form-box.tsx";
import { ReasonForm } from "../../parts/decision/reason-form.tsx";
import { UndoButton } from "../../parts/decision/undo-button.tsx";
import { AmountInput } from "../../parts/ui/amount-input.tsx";
import { Stopped, Working } from "../../parts/ui/computing.tsx";
import { Panel, PanelNotice } from "../../parts/ui/panel.tsx";
import { PanelFailure } from "../../parts/ui/panel-failure.tsx";
import { useCommand } from "../../state/answers.ts";
import { useDecidedHere } from "../../state/decided-here.ts";
import { useDraftForm, useDraftGuard } from "../../state/drafts.ts";
import { useMay } from "../../state/session.ts";
import { useStoppable } from "../../state/stoppable.ts";
import { type AlertWords, UNIT_OF } from "./alert-words.ts";
import styles from "./alerts.module.css";

const STATUSES = AlertRuleBody.shape.source.shape.status.options;

/** One rule: what it watches, its draft with what that would have raised, and its versions. */
export function AlertRulePanel({
	versions,
	lastDay,
	words,
}: {
	/** Of the rule, the newest first. */
	versions: readonly AlertRuleVersion[];
	/** Of the dataset; null: not known yet. */
	lastDay: Day | null;
	words: AlertWords;
}) {
	const { t } = useLanguage();
	const [newest] = versions;
	if (!newest)
		return (
			<Panel
				title={t("alerts.rules.versions")}
				testId="alert-rule"
				className={styles.one}
			>
				<PanelNotice>{t("alerts.rules.choose")}</PanelNotice>
			</Panel>
		);
	return (
		<Panel
			title={words.rule(newest.rule)}
			testId="alert-rule"
			className={styles.one}
		>
			<div className={styles.body}>
				<p className={styles.note}>
					{t(`alerts.rules.measures.${newest.body.kind}`)}
				</p>
				<RuleForm
					// Another version that came in takes the place of what is filled in only where nothing was changed (the guard asks).
					key={newest.version}
					newest={newest}
					lastDay={lastDay}
					words={words}
				/>
				<Versions versions={versions} words={words} />
			</div>
		</Panel>
	);
}

function RuleForm({
	newest,
	lastDay,
	words,
}: {
	newest: AlertRuleVersion;
	lastDay: Day | null;
	words: AlertWords;
}) {
	const { t, format, language } = useLanguage();
	const may = useMay(SaveAlertRule);
	const save = useCommand(SaveAlertRule);
	const form = useDraftForm();
	const scale = SHARES.includes(newest.body.kind) ? 100 : 1;
	const [fields, setFields] = useState(() => fieldsOf(newest, scale, language));
	/** What was tried; null: nothing yet. */
	const [tried, setTried] = useState<string | null>(null);
	const draft = bodyOf(newest.body, fields, scale, language);
	const text = draft ? JSON.stringify(draft) : null;
	const changed = text !== JSON.stringify(newest.body);
	useDraftGuard(may && changed && !save.isPending);
	const unit = UNIT_OF[newest.body.kind];
	const number = (
		key: "threshold" | "minimum" | "sustainedDays" | "quietDays",
		label: string,
		more: { suffix?: string; decimals?: number } = {},
	) => (
		<AmountInput
			size="xs"
			label={label}
			value={fields[key]}
			onChange={(value) => setFields({ ...fields, [key]: value })}
			min={0}
			allowNegative={false}
			decimalScale={more.decimals ?? 0}
			suffix={more.suffix ?? ""}
			disabled={!may}
			data-testid={`rule-${key}`}
		/>
	);
	return (
		<>
			<div className={styles.fields}>
				{number(
					"threshold",
					`${t("alerts.rules.threshold")}, ${t(`alerts.rules.unit.${unit}`)}`,
					{ decimals: 2 },
				)}
				{newest.body.kind !== "silence" &&
					number("minimum", t(`alerts.rules.minimum.${newest.body.kind}`))}
				{number("sustainedDays", t("alerts.rules.sustained"))}
				{number("quietDays", t("alerts.rules.quiet"))}
				<Select
					size="xs"
					label={t("alerts.rules.level")}
					allowDeselect={false}
					value={fields.level}
					data={ALERT_LEVELS.map((one) => ({
						value: one,
						label: t(`level.${one}`),
					}))}
					disabled={!may}
					data-testid="rule-level"
					onChange={(one) =>
						one && setFields({ ...fields, level: one as typeof fields.level })
					}
				/>
				<Checkbox
					size="xs"
					label={t("alerts.rules.enabled")}
					checked={fields.enabled}
					disabled={!may}
					data-testid="rule-enabled"
					onChange={(event) =>
						setFields({ ...fields, enabled: event.currentTarget.checked })
					}
				/>
			</div>
			<TextInput
				className={styles.wide}
				size="xs"
				label={t("alerts.rules.source")}
				value={fields.source}
				maxLength={300}
				disabled={!may}
				data-testid="rule-source"
				onChange={(event) =>
					setFields({ ...fields, source: event.currentTarget.value })
				}
			/>
			<Select
				size="xs"
				label={t("alerts.rules.status")}
				allowDeselect={false}
				value={fields.status}
				data={STATUSES.map((one) => ({
					value: one,
					label: t(`alerts.rules.statusOf.${one}`),
				}))}
				disabled={!may}
				data-testid="rule-status"
				onChange={(one) =>
					one && setFields({ ...fields, status: one as typeof fields.status })
				}
			/>
			{!may && <p className={styles.note}>{t("alerts.rules.mayNot")}</p>}
			{may && (
				<div className={styles.acts}>
					<Button
						size="compact-xs"
						leftSection={<FlaskConical size="1em" aria-hidden />}
						disabled={text === null}
						data-testid="rule-try"
						onClick={() => setTried(text)}
					>
						{t("alerts.rules.tryFirst")}
					</Button>
					{changed && draft && lastDay !== null && tried === text && (
						<FormBox
							form={form}
							icon={Save}
							label={t("alerts.rules.change")}
							testId="rule-save"
							position="bottom-end"
						>
							<ReasonForm
								does={t("alerts.rules.change")}
								testId="rule-save-form"
								form={form}
								order={(reason) =>
									save.mutateAsync({
										rule: newest.rule,
										body: draft,
										from: lastDay,
										reason,
									})
								}
							>
								<p>
									{t("alerts.rules.told", {
										threshold: words.figure(draft.kind, draft.threshold),
										minimum: format.number(draft.minimum),
										days: format.number(draft.sustainedDays),
										quiet: format.number(draft.quietDays),
									})}
								</p>
								<p>{t("alerts.rules.from", { day: format.day(lastDay) })}</p>
							</ReasonForm>
						</FormBox>
					)}
				</div>
			)}
			{tried !== null && tried !== text && (
				<p className={styles.note} role="status">
					{t("alerts.rules.tryAgain")}
				</p>
			)}
			{tried !== null && tried === text && draft && (
				<Tried rule={newest.rule} draft={draft} />
			)}
		</>
	);
}

interface Fields {
	threshold: number | string;
	minimum: number | string;
	sustainedDays: number | string;
	quietDays: number | string;
	level: AlertRuleBody["level"];
	enabled: boolean;
	source: string;
	status: AlertRuleBody["source"]["status"];
}

function fieldsOf(
	{ body }: AlertRuleVersion,
	scale: number,
	language: "id" | "en",
): Fields {
	const { minimum, sustainedDays, quietDays, level, enabled } = body;
	return {
		// Of a share the hundredths of a per cent: binary fractions are not shown.
		threshold: Math.round(body.threshold * scale * 1e6) / 1e6,
		...{ minimum, sustainedDays, quietDays, level, enabled },
		source: body.source.title[language],
		status: body.source.status,
	};
}

/** The body of what is filled in; null: it is none yet. */
function bodyOf(
	before: AlertRuleBody,
	fields: Fields,
	scale: number,
	language: "id" | "en",
): AlertRuleBody | null {
	const { threshold, source, status, ...rest } = fields;
	const same = source === before.source.title[language];
	const read = AlertRuleBody.safeParse({
		...before,
		...rest,
		threshold:
			typeof threshold === "number"
				? Math.round((threshold / scale) * 1e8) / 1e8
				: null,
		source: {
			// Who says it otherwise says it in one language.
			title: same ? before.source.title : { id: source, en: source },
			status,
		},
	});
	return read.success ? read.data : null;
}

/** What the draft would have raised over the history. */
function Tried({ rule, draft }: { rule: string; draft: AlertRuleBody }) {
	const { query, progress, stopped, stop, again } = useStoppable(AlertDryRun, {
		rule,
		draft,
	});
	if (stopped) return <Stopped again={again} />;
	if (query.error && !query.data)
		return <PanelFailure error={query.error} again={again} />;
	if (!query.data || query.isPlaceholderData)
		return <Working progress={progress} stop={stop} />;
	return <DryRunTable told={query.data} />;
}

function DryRunTable({ told }: { told: DryRun }) {
	const { t, format } = useLanguage();
	const lead = (spread: RuleScore["beforePeak"]) =>
		spread
			? t("alerts.dry.lead", {
					median: format.number(spread.median),
					low: format.number(spread.low),
					high: format.number(spread.high),
				})
			: t("alerts.dry.noLead");
	const rows: [string, (score: RuleScore) => string][] = [
		[t("alerts.dry.raised"), ({ raised }) => format.number(raised)],
		[t("alerts.dry.areas"), ({ areas }) => format.number(areas)],
		...(told.foretells
			? ([
					[
						t("alerts.dry.caught"),
						({ caught, waves }) =>
							t("alerts.dry.caughtOf", {
								caught: format.number(caught),
								waves: format.number(waves),
							}),
					],
					[t("alerts.dry.besides"), ({ besides }) => format.number(besides)],
					[
						t("alerts.dry.undecided"),
						({ undecided }) => format.number(undecided),
					],
					[t("alerts.dry.reached"), ({ beforeReached }) => lead(beforeReached)],
					[t("alerts.dry.peak"), ({ beforePeak }) => lead(beforePeak)],
				] satisfies [string, (score: RuleScore) => string][])
			: []),
	];
	const named = ({ count, newest }: DryRun["more"]) =>
		count > 0 &&
		` – ${newest
			.map(({ name, day }) =>
				t("alerts.dry.one", { area: name, day: format.day(day) }),
			)
			.join(", ")}${count > newest.length ? " …" : ""}`;
	return (
		<section className={styles.wide} data-testid="dry-run">
			<h3>{t("alerts.rules.tried")}</h3>
			<p className={styles.note}>
				{t("alerts.dry.of", {
					from: format.day(told.firstDay),
					to: format.day(told.lastDay),
				})}{" "}
				{told.knownFrom > told.firstDay &&
					t("alerts.dry.short", { day: format.day(told.knownFrom) })}
			</p>
			<table className={styles.scores}>
				<thead>
					<tr>
						<th />
						<th>{t("alerts.dry.draft")}</th>
						<th>{t("alerts.dry.standing")}</th>
					</tr>
				</thead>
				<tbody>
					{rows.map(([name, of]) => (
						<tr key={name}>
							<th>{name}</th>
							<td data-testid="dry-draft">{of(told.draft)}</td>
							<td>{told.standing ? of(told.standing) : "–"}</td>
						</tr>
					))}
				</tbody>
			</table>
			<p className={styles.note}>
				{told.foretells
					? t("alerts.dry.wave", { from: format.number(told.waveFrom) })
					: t("alerts.dry.noWave")}
			</p>
			<p className={styles.note}>
				{t("alerts.dry.more", { count: told.more.count })}
				{named(told.more)}
			</p>
			<p className={styles.note}>
				{t("alerts.dry.fewer", { count: told.fewer.count })}
				{named(told.fewer)}
			</p>
		</section>
	);
}

function Versions({
	versions,
	words,
}: {
	versions: readonly AlertRuleVersion[];
	words: AlertWords;
}) {
	const { t, format, language } = useLanguage();
	const decided = useDecidedHere(
		[SaveAlertRule.name],
		(request) => (request as { rule: string }).rule,
		false,
	);
	const [newest] = versions;
	const undo = newest && decided.undoable.get(newest.rule);
	return (
		<section className={styles.history} data-testid="rule-versions">
			<h3>{t("alerts.rules.versions")}</h3>
			{undo !== undefined && <UndoButton audit={undo} />}
			<ol>
				{versions.map(({ version, from, body, changed }) => (
					<li key={version}>
						<b>
							{t("alerts.rules.version", {
								version: format.number(version),
								from:
									from === null ? t("alerts.rules.always") : format.day(from),
							})}
						</b>{" "}
						{t("alerts.rules.told", {
							threshold: words.figure(body.kind, body.threshold),
							minimum: format.number(body.minimum),
							days: format.number(body.sustainedDays),
							quiet: format.number(body.quietDays),
						})}
						{!body.enabled && ` (${t("alerts.rules.disabled")})`}
						<small>
							{changed
								? `${changed.person}, ${format.time(changed.at)}: ${changed.reason}`
								: t("alerts.rules.shipped")}
						</small>
						<small>
							{body.source.title[language]} (
							{t(`alerts.rules.statusOf.${body.source.status}`)})
						</small>
					</li>
				))}
			</ol>
		</section>
	);
}
