import { Menu } from "@mantine/core";
import { LogOut } from "lucide-react";
import { Fragment } from "react";
import { TakenRole } from "../../core/access/role.ts";
import { Scope } from "../../core/access/scope.ts";
import type { Session } from "../../core/api/session.ts";
import { NATION } from "../../core/areas/codes.ts";
import { useLanguage } from "../i18n/use-language.ts";
import { useAreas } from "../state/area-index.ts";
import { useConnection } from "../state/connection.ts";
import { leave } from "../state/drafts.ts";
import { useSignOut, useTakeRole } from "../state/session.ts";
import { useView } from "../state/view-state.ts";

/** Who works here until when, the roles that anybody may take in an exercise, and leaving. */
export default function PersonChoices({ session }: { session: Session }) {
	const { format, t } = useLanguage();
	const signOut = useSignOut();
	const { upper } = useAreas();
	const { person } = session;
	return (
		<>
			{person && (
				<Menu.Label>
					{person.display}
					{" · "}
					{person.scope === NATION
						? t("signIn.nation")
						: (upper?.byCode(person.scope)?.name ?? person.scope)}
					{session.endsAt !== null && (
						<>
							{" · "}
							{t("signIn.until", { time: format.time(session.endsAt) })}
						</>
					)}
					{session.offline && <div>{t("signIn.offline")}</div>}
				</Menu.Label>
			)}
			{session.exercise && <RoleChoice />}
			{person && (
				<Menu.Item
					leftSection={<LogOut size="1.1em" aria-hidden />}
					data-testid="sign-out"
					onClick={() => leave(() => signOut.mutate({}))}
				>
					{t("signIn.leave")}
				</Menu.Item>
			)}
		</>
	);
}

function RoleChoice() {
	const { t } = useLanguage();
	const takeRole = useTakeRole();
	const { upper } = useAreas();
	const province = useView(({ area }) => area.slice(0, 2));
	const here = useConnection(({ state }) => state?.dataset?.scope ?? NATION);
	/** The nation, and the province that is looked at: a drill has both tiers. At the workstation of a province there is that province alone. */
	const offered = here === NATION ? [NATION, province] : [here];
	const scopes = [...new Set(offered)].flatMap((code) => {
		const scope = Scope.safeParse(code);
		return scope.success && (code === NATION || upper?.byCode(code))
			? [scope.data]
			: [];
	});
	return (
		<>
			<Menu.Label>{t("signIn.takeRole")}</Menu.Label>
			{scopes.map((scope) => (
				<Fragment key={scope}>
					{scope !== NATION && (
						<Menu.Label>{upper?.byCode(scope)?.name}</Menu.Label>
					)}
					{TakenRole.options.map((role) => (
						<Menu.Item
							key={role}
							data-testid={`role-${role}${scope === NATION ? "" : `-${scope}`}`}
							onClick={() => leave(() => takeRole.mutate({ role, scope }))}
						>
							{t(`signIn.role.${role}`)}
						</Menu.Item>
					))}
				</Fragment>
			))}
		</>
	);
}
