/* VitePress's theme with the computer's own fonts, so that no page asks for another, and drawings by mermaid. */
import DefaultTheme from "vitepress/theme-without-fonts";
import { nextTick } from "vue";
import { MermaidDrawing } from "./mermaid.mjs";
import "./style.css";

export default {
	extends: DefaultTheme,
	enhanceApp({ app, router }) {
		app.component("MermaidDrawing", MermaidDrawing);
		// as in pages that come from the server
		router.onAfterRouteChange = async () => {
			if (typeof document === "undefined") return;
			await nextTick();
			document.querySelector(".VPContent.is-home")?.setAttribute("role", "main");
			document.querySelector(".VPContent:not(.is-home)")?.removeAttribute("role");
		};
	},
};
