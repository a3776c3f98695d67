import { Alert, Loader, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { z } from "zod";
import { useLanguage } from "../i18n/use-language.ts";
import styles from "./about.module.css";

/** As the build writes them (main/launch/bundled-licences.ts). */
const LicenceList = z.array(
	z.object({
		name: z.string(),
		version: z.string(),
		licence: z.string(),
		text: z.string(),
	}),
);

/** The licences of everything that this application was built from, with their texts. */
export function Licences() {
	const { t } = useLanguage();
	const [wanted, setWanted] = useState("");
	const { data, error } = useQuery({
		queryKey: ["licences"],
		queryFn: async () =>
			LicenceList.parse(await (await fetch("licences.json")).json()),
		staleTime: Number.POSITIVE_INFINITY,
	});
	if (error)
		return (
			<Alert color="red" role="alert">
				{t("about.noLicences")}
			</Alert>
		);
	if (!data) return <Loader size="sm" />;
	const words = wanted.trim().toLowerCase();
	const found = data.filter(({ name, licence }) =>
		`${name} ${licence}`.toLowerCase().includes(words),
	);
	return (
		<div className={styles.find} data-testid="licences">
			<TextInput
				label={t("about.findLicence", { count: data.length })}
				value={wanted}
				onChange={(event) => setWanted(event.currentTarget.value)}
			/>
			{found.length === 0 && <p role="status">{t("about.noSuchLicence")}</p>}
			<ul className={styles.licences}>
				{found.map(({ name, version, licence, text }) => (
					<li key={`${name} ${version}`}>
						<details>
							<summary>
								{name} {version} · {licence}
							</summary>
							<pre>{text || t("about.noLicenceText")}</pre>
						</details>
					</li>
				))}
			</ul>
		</div>
	);
}
