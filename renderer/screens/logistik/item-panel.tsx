import { Pencil, RotateCcw } from "lucide-react";
import type { ReactNode } from "react";
import { Undo } from "../../../core/api/decisions.ts";
import {
	ChangeItem,
	Items,
	type ItemVersion,
	RestoreItem,
} from "../../../core/api/items.ts";
import { NATION } from "../../../core/areas/codes.ts";
import type { FactSource } from "../../../core/logistics/item.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { FormBox } from "../../parts/decision/form-box.tsx";
import { ReasonForm } from "../../parts/decision/reason-form.tsx";
import { UndoButton } from "../../parts/decision/undo-button.tsx";
import { Panel, PanelNotice } from "../../parts/ui/panel.tsx";
import { Waiting } from "../../parts/ui/pending-value.tsx";
import { useAnswer, useCommand } from "../../state/answers.ts";
import { useDraftForm } from "../../state/drafts.ts";
import { useMay, useSession } from "../../state/session.ts";
import { differences } from "./item-changes.ts";
import { ItemForm } from "./item-form.tsx";
import styles from "./records.module.css";
import { useItemWords } from "./use-item-words.ts";

/** One item: each of its facts with who says it, its versions, and the way to change it. */
export function ItemPanel({
	item,
	waits,
	undo,
}: {
	item: ItemVersion | null;
	/** Something decided here is not shown yet. */
	waits: boolean;
	/** The row of the audit trail that takes back what was decided here last. */
	undo: number | undefined;
}) {
	const { t } = useLanguage();
	const words = useItemWords();
	const may = useMay(ChangeItem);
	const mayUndo = useMay(Undo);
	const { data: session } = useSession();
	const form = useDraftForm();
	if (!item)
		return (
			<Panel
				title={t("items.title")}
				testId="item-panel"
				className={styles.one}
			>
				<PanelNotice>{t("items.choose")}</PanelNotice>
			</Panel>
		);
	const mine = may && session?.person?.scope === NATION;
	const sources = numbered(item);
	const days = (fact: ItemVersion["leadDays"]) =>
		fact ? words.exact(fact.value) : t("items.unknown");
	return (
		<Panel
			title={words.name(item)}
			subtitle={`${t(`items.kind.${item.kind}`)} · ${item.id}`}
			testId="item-panel"
			className={styles.one}
		>
			<div className={styles.body}>
				{waits ? (
					<Waiting testId="item-pending">{t("items.pending")}</Waiting>
				) : mine ? (
					<div className={styles.acts}>
						<FormBox
							form={form}
							icon={Pencil}
							label={t("items.change")}
							testId="item-change"
							width="32rem"
							position="bottom-end"
						>
							<ItemForm item={item} form={form} />
						</FormBox>
						{undo !== undefined && mayUndo && <UndoButton audit={undo} />}
					</div>
				) : (
					<p className={styles.note}>{t("items.looksOnly")}</p>
				)}
				<dl className={styles.facts}>
					<Fact name={t("items.column.unit")} value={words.unit(item)} />
					<Fact
						name={t("items.column.pack")}
						value={words.pack(item)}
						source={sources.of(item.pack?.source)}
					/>
					<Fact
						name={t("items.column.price")}
						value={
							item.priceUsd
								? words.exact(item.priceUsd.value)
								: t("items.unknown")
						}
						source={sources.of(item.priceUsd?.source)}
					/>
					<Fact
						name={t("items.column.lead")}
						value={days(item.leadDays)}
						source={sources.of(item.leadDays?.source)}
					/>
					<Fact
						name={t("items.column.reserve")}
						value={days(item.reserveDays)}
						source={sources.of(item.reserveDays?.source)}
					/>
					<Fact
						name={t("items.column.volume")}
						value={
							item.volumeM3 === null
								? t("items.unknown")
								: words.exact(item.volumeM3)
						}
					/>
					{item.rates.map((rate) => (
						<Fact
							key={rate.per}
							name={words.driver(rate.per)}
							value={`${words.exact(rate.amount)} ${t(`items.every.${rate.every}`)}`}
							source={sources.of(rate.source)}
						/>
					))}
				</dl>
				{sources.all.length > 0 && (
					<ol className={styles.sources} data-testid="item-sources">
						{sources.all.map((source) => (
							<li key={JSON.stringify(source)} title={source.reference}>
								{source.title} · {source.publisher} (
								{t(`items.status.${source.status}`)})
							</li>
						))}
					</ol>
				)}
				{item.kind === "medicine" && (
					<p className={styles.note}>{t("items.medicineRates")}</p>
				)}
				{item.kind === "oxygen" && (
					<p className={styles.note}>{t("items.oxygenRates")}</p>
				)}
				<History item={item} mayRestore={mine && !waits} />
			</div>
		</Panel>
	);
}

/** A fact, with the number of who says it; what nobody verified is marked. */
function Fact({
	name,
	value,
	source,
}: {
	name: string;
	value: ReactNode;
	source?: NumberedSource | null;
}) {
	const { t } = useLanguage();
	return (
		<>
			<dt>{name}</dt>
			<dd>
				{value}
				{source?.number != null && <sup> {source.number}</sup>}
				{source?.assumed && (
					<b className={styles.doubt}> {t("items.status.assumption")}</b>
				)}
			</dd>
		</>
	);
}

interface NumberedSource {
	/** Its place among the sources of the item; null: there is nobody to name. */
	readonly number: number | null;
	readonly assumed: boolean;
}

/** Who says the facts of an item, each once. */
function numbered(item: ItemVersion) {
	const named = new Map<string, FactSource>();
	for (const fact of [
		item.pack,
		item.priceUsd,
		item.leadDays,
		item.reserveDays,
		...item.rates,
	])
		if (fact && isNamed(fact.source))
			named.set(JSON.stringify(fact.source), fact.source);
	const keys = [...named.keys()];
	return {
		all: [...named.values()],
		of: (source: FactSource | undefined): NumberedSource | null => {
			if (!source) return null;
			const at = keys.indexOf(JSON.stringify(source));
			return {
				number: at < 0 ? null : at + 1,
				assumed: source.status === "assumption",
			};
		},
	};
}

/** An assumption that the product ships with has nobody to name: that is what the mark says. */
function isNamed({ status, reference }: FactSource): boolean {
	return !(status === "assumption" && /^none\b/.test(reference));
}

/** The versions of an item, newest first: who changed what and why. */
function History({
	item,
	mayRestore,
}: {
	item: ItemVersion;
	mayRestore: boolean;
}) {
	const { t, format } = useLanguage();
	const words = useItemWords();
	const { data } = useAnswer(Items, { item: item.id }, { keepLast: true });
	const versions = data?.[0]?.id === item.id ? data : [item];
	return (
		<section className={styles.history} data-testid="item-history">
			<h3>{t("items.history")}</h3>
			<ol>
				{versions.map((version, at) => {
					const before = versions[at + 1];
					return (
						<li key={version.version} data-version={version.version}>
							<b>{t("items.version", { version: version.version })}</b>{" "}
							{version.changed
								? `${version.changed.person}, ${format.time(version.changed.at)}: ${version.changed.reason}`
								: t("items.shipped")}
							{before &&
								differences(before, version).map((one) => (
									<small key={`${one.fact} ${one.per}`}>
										{words.difference(one)}
									</small>
								))}
							{mayRestore && version.version !== item.version && (
								<Restore item={item.id} version={version.version} />
							)}
						</li>
					);
				})}
			</ol>
		</section>
	);
}

function Restore({ item, version }: { item: string; version: number }) {
	const { t } = useLanguage();
	const form = useDraftForm();
	const restore = useCommand(RestoreItem);
	return (
		<FormBox
			form={form}
			icon={RotateCcw}
			label={t("items.restore")}
			testId={`item-restore-${version}`}
			position="bottom-end"
		>
			<ReasonForm
				does={t("items.restore")}
				testId="item-restore-form"
				form={form}
				order={(reason) => restore.mutateAsync({ item, version, reason })}
			>
				<p>{t("items.restoreHelp", { version })}</p>
			</ReasonForm>
		</FormBox>
	);
}
