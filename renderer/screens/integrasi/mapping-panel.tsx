import { Alert, Button, Select, TextInput } from "@mantine/core";
import { DownloadCloud, Save } from "lucide-react";
import { type ReactNode, useState } from "react";
import {
	type GivenTable,
	LONGEST_DRAFT,
	type MappingDraft,
	Mappings,
	type MappingVersion,
	SaveMapping,
	type TablePreview,
	TablePreviewOf,
	TakeInTable,
} from "../../../core/api/tables.ts";
import {
	AREA_SCHEMES,
	DAY_FORMS,
	type DayForm,
	ENCODINGS,
	faultsOf,
	TABLE_LEVELS,
	THOUSANDS,
} from "../../../core/mapping/mapping.ts";
import {
	COUNTED_INDICATORS,
	isIndicatorKey,
} from "../../../core/series/indicator.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { FormBox } from "../../parts/decision/form-box.tsx";
import { ReasonForm } from "../../parts/decision/reason-form.tsx";
import { AmountInput } from "../../parts/ui/amount-input.tsx";
import { DayInput, typedDay } from "../../parts/ui/day-input.tsx";
import { Panel, PanelNotice } from "../../parts/ui/panel.tsx";
import { PanelFailure } from "../../parts/ui/panel-failure.tsx";
import { useAnswer, useCommand } from "../../state/answers.ts";
import {
	type DraftForm,
	leave,
	useDraftForm,
	useDraftGuard,
	useDrafts,
} from "../../state/drafts.ts";
import { useMay } from "../../state/session.ts";
import {
	absentColumns,
	draftOf,
	guessedDraft,
	keyOfMeaning,
	mappedColumn,
	meaningOf,
	withMeaning,
	withOtherName,
	withoutColumn,
} from "./draft-mapping.ts";
import { useFaultWords } from "./fault-words.ts";
import styles from "./integrasi.module.css";

const NEW = "+";
const MEANINGS = [
	"nothing",
	...AREA_SCHEMES.map((scheme) => `area/${scheme}`),
	"area-name",
	"province-name",
	...DAY_FORMS.map((form) => `day/${form}`),
	...COUNTED_INDICATORS.filter(
		({ derived, only }) => !derived && only === undefined,
	).map(({ key }) => `count/${key}`),
];

/** A source that is not known yet, as it is typed. */
interface Registered {
	key: string;
	id: string;
	en: string;
	rank: number;
	cadence: "daily" | "on-change" | "irregular";
}

const UNNAMED: Registered = {
	...{ key: "", id: "", en: "", rank: 50, cadence: "daily" },
};

/** What the columns of a table mean: guessed, put right, tried, saved, and the table taken in by it. */
export function MappingPanel({ given }: { given: GivenTable }) {
	const { t } = useLanguage();
	const mappings = useAnswer(Mappings, {}, { keepLast: true });
	const [chosen, setChosen] = useState<string | null>(
		given.taken?.source ?? null,
	);
	// Of the table, whatever mapping it is tried by.
	const [asOf, setAsOf] = useState("");
	const plain = useAnswer(TablePreviewOf, {
		given: given.table,
		source: null,
		draft: null,
		as_of: null,
	});
	const title = t("integration.map.title", { name: given.name });
	const error = plain.error ?? mappings.error;
	if (error && (!plain.data || !mappings.data))
		return (
			<Panel title={title} testId="mapping-panel">
				<PanelFailure
					error={error}
					again={() => Promise.all([plain.refetch(), mappings.refetch()])}
				/>
			</Panel>
		);
	if (!plain.data || !mappings.data)
		return (
			<Panel title={title} testId="mapping-panel">
				<PanelNotice>{t("app.loading")}</PanelNotice>
			</Panel>
		);
	const source = chosen ?? guessedSource(plain.data, mappings.data.versions);
	const newest =
		mappings.data.versions.find((one) => one.source === source) ?? null;
	return (
		<Panel title={title} testId="mapping-panel">
			<Versioned
				// Of another source it is another mapping.
				key={source}
				given={given}
				preview={plain.data}
				source={source}
				choose={setChosen}
				known={mappings.data}
				newest={newest}
				asOf={asOf}
				changeAsOf={setAsOf}
			/>
		</Panel>
	);
}

/** Keeps what is being changed beside the version it began with, until whoever changes it takes up what a colleague saved meanwhile. */
function Versioned({
	newest,
	...editor
}: Omit<
	Parameters<typeof Editor>[0],
	"standing" | "newer" | "isSent" | "noteSent"
> & {
	newest: MappingVersion | null;
}) {
	const { t } = useLanguage();
	const unsent = useDrafts(({ open }) => open > 0);
	const [begun, setBegun] = useState(newest);
	// What comes after one's own saving is what was saved.
	const [sent, setSent] = useState(false);
	const isNewer = newest !== null && newest.version !== begun?.version;
	const takeUp = () => {
		setBegun(newest);
		setSent(false);
	};
	if (isNewer && (sent || !unsent)) takeUp();
	return (
		<Editor
			key={begun?.version ?? 0}
			{...editor}
			standing={begun?.mapping ? begun : null}
			isSent={sent}
			noteSent={setSent}
			newer={
				isNewer && (
					<Alert color="yellow" role="alert" data-testid="mapping-newer">
						{t("integration.map.newer", {
							version: newest.version,
							person: newest.person,
						})}{" "}
						<Button
							size="compact-xs"
							variant="default"
							data-testid="load-newer"
							onClick={() => leave(takeUp)}
						>
							{t("integration.map.loadNewer", { version: newest.version })}
						</Button>
					</Alert>
				)
			}
		/>
	);
}

/** The source of which the columns are, by their names; none: a new one. */
function guessedSource(
	{ header }: TablePreview,
	versions: readonly MappingVersion[],
): string {
	const newest = new Map<string, MappingVersion>();
	for (const one of versions)
		if (!newest.has(one.source)) newest.set(one.source, one);
	let best = { source: NEW, found: 1 };
	for (const { source, mapping } of newest.values()) {
		const found = mapping
			? header.filter((own) => mappedColumn(draftOf(mapping), own)).length
			: 0;
		if (found > best.found) best = { source, found };
	}
	return best.source;
}

function Editor({
	given,
	preview,
	source,
	choose,
	known,
	standing,
	newer,
	isSent,
	noteSent,
	asOf,
	changeAsOf,
}: {
	given: GivenTable;
	preview: TablePreview;
	source: string;
	choose: (source: string) => void;
	known: {
		versions: MappingVersion[];
		sources: { key: string; names: { id: string; en: string } }[];
	};
	standing: MappingVersion | null;
	/** Said where a colleague saved another version meanwhile. */
	newer: ReactNode;
	/** Whether the draft was saved as it is, and is on its way. */
	isSent: boolean;
	noteSent: (isSent: boolean) => void;
	/** The day that is stated for the table, as it is typed. */
	asOf: string;
	changeAsOf: (asOf: string) => void;
}) {
	const { t, format, language } = useLanguage();
	const first = standing?.mapping
		? draftOf(standing.mapping)
		: guessedDraft(preview);
	const [draft, keepDraft] = useState<MappingDraft>(first);
	const setDraft = (next: MappingDraft) => {
		noteSent(false);
		keepDraft(next);
	};
	const [registered, setRegistered] = useState<Registered>(UNNAMED);
	const touched =
		JSON.stringify(draft) !== JSON.stringify(first) || registered !== UNNAMED;
	useDraftGuard(touched && !isSent);
	// What was guessed can be saved as it is.
	const changed = standing === null || touched;
	const faults = faultsOf(draft);
	const text = JSON.stringify(draft);
	const tried = useAnswer(
		TablePreviewOf,
		{
			given: given.table,
			source: source === NEW ? null : source,
			draft: text,
			as_of: typedDay(asOf) ?? null,
		},
		{
			enabled: faults.length === 0 && text.length <= LONGEST_DRAFT,
			keepLast: true,
		},
	);
	const trial = faults.length === 0 ? (tried.data?.trial ?? null) : null;
	const nameOf = (key: string) => {
		const names = known.sources.find((one) => one.key === key)?.names;
		return names ? (language === "id" ? names.id : names.en) : key;
	};
	const meaningName = (key: string) => {
		const [is, what = ""] = key.split("/");
		return is === "count"
			? t("integration.map.means.count", {
					indicator: isIndicatorKey(what) ? t(`indicator.${what}`) : what,
				})
			: t(`integration.map.means.${key as "nothing"}`);
	};
	const { expects } = useFaultWords();
	if (preview.header.length === 0)
		return (
			<PanelNotice role="alert">
				{t("integration.map.notATable")}{" "}
				{preview.faults
					.map((fault) => `${fault.found} → ${expects(fault)}`)
					.join("; ")}
			</PanelNotice>
		);
	return (
		<div className={styles.body}>
			<p className={styles.note}>
				{t("integration.map.facts", {
					lines: format.number(preview.lines),
					encoding: preview.encoding,
					delimiter: preview.delimiter === "\t" ? "TAB" : preview.delimiter,
					titles: format.number(preview.titleLines),
				})}
				{preview.sheetsUnread.length > 0 &&
					` ${t("integration.map.sheets", { names: preview.sheetsUnread.join(", ") })}`}
			</p>
			<div className={styles.fields}>
				<Select
					size="xs"
					label={t("integration.map.source")}
					searchable
					allowDeselect={false}
					data-testid="mapping-source"
					value={source}
					data={[
						{ value: NEW, label: t("integration.map.newSource") },
						...known.sources.map(({ key }) => ({
							value: key,
							label: `${nameOf(key)} (${key})`,
						})),
					]}
					onChange={(value) => value && leave(() => choose(value))}
				/>
				<Select
					size="xs"
					label={t("integration.map.level")}
					allowDeselect={false}
					value={draft.level}
					data={TABLE_LEVELS.map((value) => ({
						value,
						label: t(`level.${value}`),
					}))}
					onChange={(value) =>
						setDraft({ ...draft, level: value as MappingDraft["level"] })
					}
				/>
				<Select
					size="xs"
					label={t("integration.map.thousands")}
					allowDeselect={false}
					data-testid="mapping-thousands"
					value={draft.thousands}
					data={THOUSANDS.map((value) => ({
						value,
						label: t(`integration.map.thousand.${value}`),
					}))}
					onChange={(value) =>
						setDraft({
							...draft,
							thousands: value as MappingDraft["thousands"],
						})
					}
				/>
				<Select
					size="xs"
					label={t("integration.map.encoding")}
					allowDeselect={false}
					value={draft.encoding}
					data={ENCODINGS.map((value) => ({ value, label: value }))}
					onChange={(value) =>
						setDraft({ ...draft, encoding: value as MappingDraft["encoding"] })
					}
				/>
				<DayInput
					size="xs"
					label={t("integration.map.asOf")}
					data-testid="table-as-of"
					text={asOf}
					change={changeAsOf}
				/>
			</div>
			{newer}
			{source === NEW && (
				<NewSourceFields value={registered} change={setRegistered} />
			)}
			<p className={styles.note} role="status" data-testid="mapping-standing">
				{standing
					? t("integration.map.byMapping", {
							version: standing.version,
							person: standing.person,
							at: format.time(standing.at),
						})
					: t("integration.map.noMapping")}{" "}
				{standing && changed && t("integration.map.changed")}
			</p>
			<div className={styles.scroll}>
				<table className={styles.columns} data-testid="mapping-columns">
					<thead>
						<tr>
							<th scope="col">{t("integration.map.column")}</th>
							<th scope="col">{t("integration.map.meaning")}</th>
							<th scope="col" className={styles.number}>
								{t("integration.map.fits")}
							</th>
							<th scope="col">{t("integration.map.samples")}</th>
						</tr>
					</thead>
					<tbody>
						{preview.header.map((own, at) => {
							const mapped = mappedColumn(draft, own);
							const guessed = preview.guess.columns.find(
								({ name }) => name === own,
							);
							const key = keyOfMeaning(mapped?.meaning ?? null);
							return (
								<tr key={own}>
									<th scope="row">
										{own}
										{mapped && mapped.name !== own && ` (= ${mapped.name})`}
									</th>
									<td>
										<Select
											size="xs"
											aria-label={`${t("integration.map.meaning")}: ${own}`}
											allowDeselect={false}
											searchable
											data-testid={`meaning-${own}`}
											value={key}
											data={MEANINGS.map((value) => ({
												value,
												label: meaningName(value),
											}))}
											onChange={(value) =>
												setDraft(
													withMeaning(
														draft,
														own,
														meaningOf(value ?? "nothing"),
													),
												)
											}
										/>
										{guessed?.doubt &&
											key === keyOfMeaning(guessed.meaning) && (
												<span className={styles.doubt}>
													{t(`integration.map.doubt.${guessed.doubt}`)}
												</span>
											)}
									</td>
									<td className={styles.number}>
										{guessed && key === keyOfMeaning(guessed.meaning)
											? key === "nothing"
												? "–"
												: `${format.number(guessed.fits)}/${format.number(guessed.of)}`
											: "–"}
									</td>
									<td className={styles.samples}>
										{preview.rows
											.slice(0, 4)
											.map(({ cells }) => cells[at])
											.join(" · ")}
									</td>
								</tr>
							);
						})}
						{absentColumns(draft, preview.header).map(({ name, meaning }) => {
							const found = trial?.drift.find(
								({ kind, column }) => kind === "misspelt" && column === name,
							)?.found;
							return (
								<tr key={`absent ${name}`} data-testid={`absent-${name}`}>
									<th scope="row">{name}</th>
									<td>{meaningName(keyOfMeaning(meaning))}</td>
									<td className={styles.number}>–</td>
									<td className={styles.samples}>
										{found === undefined ? (
											<>
												{t("integration.map.absent")}{" "}
												<Button
													size="compact-xs"
													variant="default"
													onClick={() => setDraft(withoutColumn(draft, name))}
												>
													{t("integration.map.notSent")}
												</Button>
											</>
										) : (
											t("integration.map.readFrom", { found })
										)}
									</td>
								</tr>
							);
						})}
					</tbody>
				</table>
			</div>
			{faults.length > 0 && (
				<ul className={styles.list} role="alert" data-testid="mapping-faults">
					{faults.map((fault) => (
						<li key={fault}>{t(`integration.map.fault.${fault}`)}</li>
					))}
				</ul>
			)}
			{faults.length === 0 && (
				<Trial
					preview={tried.data ?? null}
					error={tried.error}
					again={tried.refetch}
					answer={(column, own) => setDraft(withOtherName(draft, column, own))}
					notSent={(column) => setDraft(withoutColumn(draft, column))}
				/>
			)}
			<div className={styles.acts}>
				<SaveBox
					source={source}
					name={source === NEW ? registered.id : nameOf(source)}
					registered={source === NEW ? registered : null}
					mapping={{ ...draft, header: preview.header }}
					ready={faults.length === 0 && changed}
					saved={(key) => {
						noteSent(true);
						setRegistered(UNNAMED);
						choose(key);
					}}
				/>
				{standing && (
					<TakeBox
						given={given}
						source={source}
						name={nameOf(source)}
						version={standing.version}
						trial={trial}
						asOf={asOf}
						// The hub reads by the newest version that is kept.
						isTried={
							!changed && !newer && trial !== null && !tried.isPlaceholderData
						}
					/>
				)}
			</div>
			{source !== NEW && (
				<History
					name={nameOf(source)}
					versions={known.versions.filter((one) => one.source === source)}
				/>
			)}
		</div>
	);
}

function NewSourceFields({
	value,
	change,
}: {
	value: Registered;
	change: (value: Registered) => void;
}) {
	const { t } = useLanguage();
	return (
		<div className={styles.fields}>
			<TextInput
				size="xs"
				label={t("integration.map.nameId")}
				value={value.id}
				maxLength={80}
				data-testid="source-name-id"
				onChange={({ currentTarget: { value: id } }) =>
					change({
						...value,
						id,
						en: value.en === value.id ? id : value.en,
						key: value.key === keyFrom(value.id) ? keyFrom(id) : value.key,
					})
				}
			/>
			<TextInput
				size="xs"
				label={t("integration.map.nameEn")}
				value={value.en}
				maxLength={80}
				onChange={(event) =>
					change({ ...value, en: event.currentTarget.value })
				}
			/>
			<TextInput
				size="xs"
				label={t("integration.map.key")}
				value={value.key}
				maxLength={40}
				error={value.key !== "" && !isKey(value.key)}
				onChange={(event) =>
					change({ ...value, key: event.currentTarget.value })
				}
			/>
			<AmountInput
				size="xs"
				label={t("integration.map.rank")}
				value={value.rank}
				min={1}
				max={99}
				allowDecimal={false}
				onChange={(rank) => change({ ...value, rank: Number(rank) || 50 })}
			/>
			<Select
				size="xs"
				label={t("integration.map.cadence")}
				allowDeselect={false}
				value={value.cadence}
				data={(["daily", "on-change", "irregular"] as const).map((one) => ({
					value: one,
					label: t(`integration.matrix.cadence.${one}`),
				}))}
				onChange={(cadence) =>
					change({ ...value, cadence: cadence as Registered["cadence"] })
				}
			/>
		</div>
	);
}

function keyFrom(name: string): string {
	return name
		.toLowerCase()
		.replace(/[^a-z0-9]+/g, "-")
		.replace(/^[-\d]+|-+$/g, "")
		.slice(0, 40);
}

const isKey = (key: string) => /^[a-z][a-z0-9-]{2,39}$/.test(key);

/** What would become of the table. */
function Trial({
	preview,
	error,
	again,
	answer,
	notSent,
}: {
	preview: TablePreview | null;
	error: Error | null;
	again: () => unknown;
	answer: (column: string, own: string) => void;
	notSent: (column: string) => void;
}) {
	const { t, format, language } = useLanguage();
	const { reason, expects } = useFaultWords();
	if (error && !preview) return <PanelFailure error={error} again={again} />;
	const trial = preview?.trial;
	if (!trial)
		return <p className={styles.note}>{t("integration.map.trialWaits")}</p>;
	return (
		<>
			{trial.questions.length > 0 && (
				<section data-testid="mapping-questions">
					<h3>{t("integration.map.questions")}</h3>
					<ul className={styles.list}>
						{trial.questions.map(({ kind, column, found, candidates }) => (
							<li key={`${kind} ${column}`}>
								{t(`integration.map.question.${kind}`, {
									column,
									found,
								})}{" "}
								{candidates.map((candidate) => (
									<Button
										key={candidate}
										size="compact-xs"
										variant="default"
										data-testid={`answer-${column}-${candidate}`}
										onClick={() => answer(column, candidate)}
									>
										{t("integration.map.isIt", { candidate })}
									</Button>
								))}
								{kind === "missing" && (
									<Button
										size="compact-xs"
										variant="default"
										data-testid={`not-sent-${column}`}
										onClick={() => notSent(column)}
									>
										{t("integration.map.notSent")}
									</Button>
								)}
							</li>
						))}
					</ul>
				</section>
			)}
			<p className={styles.note} role="status" data-testid="mapping-trial">
				{t("integration.map.trial", {
					accepted: format.number(trial.accepted),
					quarantined: format.number(trial.quarantined),
					skipped: format.number(trial.skipped),
				})}
			</p>
			{trial.drift.length > 0 && (
				<section>
					<h3>{t("integration.map.drift")}</h3>
					<ul className={styles.list} data-testid="mapping-drift">
						{trial.drift.map(({ kind, column, found }) => (
							<li key={`${kind} ${column} ${found}`}>
								{t(`integration.map.drifts.${kind}`, {
									column,
									found:
										kind === "day-form"
											? t(`integration.map.means.day/${found as DayForm}`)
											: found,
								})}
							</li>
						))}
					</ul>
				</section>
			)}
			{trial.faults.length > 0 && (
				<section>
					<h3>{t("integration.map.faults")}</h3>
					<ul className={styles.list}>
						{trial.faults.map(
							({ line, column, found, expected, count, ...fault }) => (
								<li
									key={`${fault.reason} ${column}`}
									// As the reader wrote it, in English.
									title={language === "en" ? expected : undefined}
								>
									{line !== null &&
										`${t("integration.map.line")} ${format.number(line)}, `}
									{column && `${column}: `}
									{reason(fault)} – {found} → {expects(fault)}
									{count > 1 && ` (${t("integration.map.count", { count })})`}
								</li>
							),
						)}
					</ul>
				</section>
			)}
			{trial.says.length > 0 && (
				<section className={styles.scroll}>
					<h3>{t("integration.map.says")}</h3>
					<table className={styles.says}>
						<thead>
							<tr>
								<th scope="col">{t("integration.map.line")}</th>
								<th scope="col">{t("integration.area")}</th>
								<th scope="col">{t("export.day")}</th>
								{keysIn(trial.says).map((key) => (
									<th key={key} scope="col" className={styles.number}>
										{isIndicatorKey(key) ? t(`indicator.${key}`) : key}
									</th>
								))}
							</tr>
						</thead>
						<tbody>
							{trial.says
								.slice(0, 8)
								.map(({ line, code, name, day, values }) => (
									<tr key={line}>
										<td>{format.number(line)}</td>
										<td>
											{name} ({code})
										</td>
										<td>{format.day(day)}</td>
										{keysIn(trial.says).map((key) => (
											<td key={key} className={styles.number}>
												{values[key] === undefined
													? "–"
													: format.number(values[key])}
											</td>
										))}
									</tr>
								))}
						</tbody>
					</table>
				</section>
			)}
		</>
	);
}

function keysIn(says: readonly { values: Record<string, number> }[]): string[] {
	return [...new Set(says.flatMap(({ values }) => Object.keys(values)))];
}

function SaveBox({
	source,
	name,
	registered,
	mapping,
	ready,
	saved,
}: {
	source: string;
	name: string;
	registered: Registered | null;
	mapping: MappingDraft & { header: string[] };
	ready: boolean;
	saved: (source: string) => void;
}) {
	const { t } = useLanguage();
	const form = useDraftForm();
	const saving = useCommand(SaveMapping);
	const may = useMay(SaveMapping);
	const named =
		registered === null ||
		(isKey(registered.key) &&
			registered.id.trim().length > 2 &&
			registered.en.trim().length > 2);
	// What was typed into an open form stays, whatever is asked anew meanwhile.
	if (!form.opened && (!may || !ready || !named))
		return (
			<Button
				size="compact-xs"
				variant="default"
				leftSection={<Save size="1em" aria-hidden />}
				disabled
				data-testid="save-mapping"
			>
				{t("integration.map.save")}
			</Button>
		);
	return (
		<FormBox
			form={form}
			icon={Save}
			label={t("integration.map.save")}
			testId="save-mapping"
		>
			<ReasonForm
				does={t("integration.map.save")}
				testId="saving-mapping"
				form={form}
				order={async (reason) => {
					await saving.mutateAsync({
						source: registered?.key ?? source,
						register: registered && {
							names: { id: registered.id.trim(), en: registered.en.trim() },
							...{ rank: registered.rank, cadence: registered.cadence },
						},
						mapping,
						reason,
					});
					saved(registered?.key ?? source);
				}}
			>
				<p>{t("integration.map.saveHelp", { source: name })}</p>
			</ReasonForm>
		</FormBox>
	);
}

function TakeBox({
	given,
	source,
	name,
	version,
	trial,
	asOf,
	isTried,
}: {
	given: GivenTable;
	source: string;
	name: string;
	/** Of the mapping by which it was tried. */
	version: number;
	trial: TablePreview["trial"];
	/** The day that is stated for it, as it is typed: what was tried is what is taken in. */
	asOf: string;
	/** Whether the trial is of that day and of the mapping by which the hub would read it. */
	isTried: boolean;
}) {
	const { t } = useLanguage();
	const form = useDraftForm();
	const may = useMay(TakeInTable);
	// What was typed into an open form stays, whatever is tried anew meanwhile.
	if (!form.opened && !may) return null;
	if (!form.opened && !isTried)
		return (
			<Button
				size="compact-xs"
				variant="default"
				leftSection={<DownloadCloud size="1em" aria-hidden />}
				disabled
				data-testid="take-table"
			>
				{t("integration.map.take")}
			</Button>
		);
	return (
		<FormBox
			form={form}
			icon={DownloadCloud}
			label={t("integration.map.take")}
			testId="take-table"
		>
			<TakeForm
				{...{ given, source, name, version, trial, asOf, isTried, form }}
			/>
		</FormBox>
	);
}

function TakeForm({
	given,
	source,
	name,
	version,
	trial,
	asOf,
	isTried,
	form,
}: Parameters<typeof TakeBox>[0] & { form: DraftForm }) {
	const { t, format } = useLanguage();
	const taking = useCommand(TakeInTable);
	const day = typedDay(asOf);
	return (
		<ReasonForm
			does={t("integration.map.take")}
			testId="taking-table"
			form={form}
			ready={isTried && day !== undefined}
			order={(reason) =>
				taking.mutateAsync({
					table: given.table,
					source,
					version,
					asOf: day ?? null,
					reason,
				})
			}
		>
			{trial && isTried ? (
				<p>
					{trial.questions.length > 0
						? t("integration.map.takeHeld")
						: t("integration.map.takeHelp", {
								accepted: format.number(trial.accepted),
								name: given.name,
								source: name,
								quarantined: format.number(trial.quarantined),
							})}
				</p>
			) : (
				<p role="status">{t("integration.map.takeWaits")}</p>
			)}
			{day != null && (
				<p>{t("integration.map.takeAsOf", { day: format.day(day) })}</p>
			)}
		</ReasonForm>
	);
}

/** The versions of a mapping, the newest first. */
function History({
	name,
	versions,
}: {
	name: string;
	versions: readonly MappingVersion[];
}) {
	const { t, format } = useLanguage();
	if (versions.length === 0) return null;
	return (
		<section>
			<h3>{t("integration.map.history", { source: name })}</h3>
			<ol className={styles.list} data-testid="mapping-history">
				{versions.map(({ version, at, person, reason, mapping }) => (
					<li key={version}>
						{t("integration.map.version", {
							...{ version, person, reason },
							at: format.time(at),
						})}{" "}
						{mapping
							? mapping.columns
									.map(({ name: own, otherNames }) =>
										[own, ...otherNames].join(" = "),
									)
									.join(", ")
							: t("integration.map.ended")}
					</li>
				))}
			</ol>
		</section>
	);
}
