import { Select, TextInput } from "@mantine/core";
import { useState } from "react";
import { ChangeItem, type ItemVersion } from "../../../core/api/items.ts";
import { changedItem, FactSource } from "../../../core/logistics/item.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { ReasonForm } from "../../parts/decision/reason-form.tsx";
import { AmountInput } from "../../parts/ui/amount-input.tsx";
import { useCommand } from "../../state/answers.ts";
import type { DraftForm } from "../../state/drafts.ts";
import { changeOf, differences, fieldsOf } from "./item-changes.ts";
import styles from "./records.module.css";
import { useItemWords } from "./use-item-words.ts";

/** As short as the contract takes who says so (core/api/items). */
const LEAST_SOURCE = 3;
const STATUSES = FactSource.shape.status.options;

/** Changes facts of an item, all of them said by one source. */
export function ItemForm({
	item,
	form,
}: {
	item: ItemVersion;
	form: DraftForm;
}) {
	const { t } = useLanguage();
	const words = useItemWords();
	const command = useCommand(ChangeItem);
	const [fields, setFields] = useState(() => fieldsOf(item));
	const [source, setSource] = useState("");
	const [status, setStatus] = useState<FactSource["status"]>("press");
	const change = changeOf(item, fields);
	const after = change && changedItem(item, change, { ...NOBODY, status });
	const number = (
		label: string,
		value: number | string,
		set: (value: number | string) => void,
		testId: string,
	) => (
		<AmountInput
			size="xs"
			label={label}
			value={value}
			onChange={set}
			min={0}
			allowNegative={false}
			data-testid={testId}
		/>
	);
	const field = (key: "packSize" | "priceUsd" | "leadDays" | "reserveDays") =>
		number(
			t(
				`items.${
					{
						packSize: "newPack",
						priceUsd: "column.price",
						leadDays: "column.lead",
						reserveDays: "column.reserve",
					}[key] as "newPack"
				}`,
			),
			fields[key],
			(value) => setFields({ ...fields, [key]: value }),
			`item-${key}`,
		);
	return (
		<ReasonForm
			does={t("items.changeDoes")}
			testId="item-form"
			form={form}
			begun={change !== null || source !== ""}
			ready={change !== null && source.trim().length >= LEAST_SOURCE}
			order={(reason) =>
				command.mutateAsync({
					item: item.id,
					change: change ?? {},
					source: source.trim(),
					status,
					reason,
				})
			}
		>
			<p>
				<b>{words.name(item)}</b> ({words.unit(item)}). {t("items.ofAll")}
			</p>
			<div className={styles.fields}>
				{field("packSize")}
				<TextInput
					size="xs"
					label={t("items.newPackName")}
					value={fields.packName}
					placeholder={item.pack ? words.packName(item.pack.value.name) : ""}
					maxLength={40}
					data-testid="item-packName"
					onChange={(event) =>
						setFields({ ...fields, packName: event.currentTarget.value })
					}
				/>
				{field("priceUsd")}
				{field("leadDays")}
				{field("reserveDays")}
				{item.rates.map((rate, at) => (
					<div key={rate.per}>
						{number(
							`${words.driver(rate.per)}, ${t(`items.every.${rate.every}`)}`,
							fields.rates[at] ?? "",
							(value) =>
								setFields({
									...fields,
									rates: fields.rates.map((one, i) => (i === at ? value : one)),
								}),
							`item-rate-${rate.per}`,
						)}
					</div>
				))}
			</div>
			<TextInput
				size="xs"
				label={t("items.newSource")}
				description={t("items.newSourceHelp")}
				value={source}
				maxLength={200}
				required
				data-testid="item-source"
				onChange={(event) => setSource(event.currentTarget.value)}
			/>
			<Select
				size="xs"
				label={t("items.newStatus")}
				allowDeselect={false}
				value={status}
				data={STATUSES.map((one) => ({
					value: one,
					label: t(`items.status.${one}`),
				}))}
				data-testid="item-status"
				onChange={(one) => one && setStatus(one as FactSource["status"])}
			/>
			{after && "item" in after && (
				<ul className={styles.differences} data-testid="item-differences">
					{differences(item, after.item).map((one) => (
						<li key={`${one.fact} ${one.per}`}>{words.difference(one)}</li>
					))}
				</ul>
			)}
		</ReasonForm>
	);
}

/** Who says so is told by the hub, which knows who orders it. */
const NOBODY = { title: "", publisher: "", reference: "" };
