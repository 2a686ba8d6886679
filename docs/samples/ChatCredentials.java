import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * POST /chat-credentials: signs the person who is signed in to your application in to Rocket.Chat, and
 * answers {@code {"userId", "authToken", "username"}} for the {@code auth} of {@code <rc-chat-pane>}.
 *
 * <p>Needs Java 17 and nothing else. With the JDK's own server:
 *
 * <pre>
 * var workspace = URI.create(System.getenv("ROCKET_CHAT")); // such as https://chat.example.com
 * server.createContext("/chat-credentials", new ChatCredentials(workspace, yourSessions::userOf));
 * </pre>
 *
 * In a servlet, call {@link #logIn} and keep to the order of {@link #handle}.
 */
public final class ChatCredentials implements HttpHandler {
    private static final Duration TIME_LIMIT = Duration.ofSeconds(5);

    /** The person's account in Rocket.Chat. */
    public record ChatUser(String name, String password) {}

    /** Your application's own: whose session cookie this is; null for nobody's. */
    public interface Sessions {
        ChatUser userOf(HttpExchange request) throws Exception;
    }

    /** What Rocket.Chat answers to a login. */
    public record Login(String userId, String authToken) {}

    private final URI loginAddress;
    private final Sessions sessions;
    // Verifies TLS and follows no redirect, both by default.
    private final HttpClient client = HttpClient.newBuilder().connectTimeout(TIME_LIMIT).build();

    public ChatCredentials(URI workspace, Sessions sessions) {
        this.loginAddress = URI.create(workspace + "/api/v1/login");
        this.sessions = sessions;
    }

    @Override
    public void handle(HttpExchange request) throws IOException {
        // Browsers write this header themselves; a page of another origin can neither set nor leave it out.
        var ownPage = "same-origin".equals(request.getRequestHeaders().getFirst("Sec-Fetch-Site"));
        ChatUser user = null;
        if (request.getRequestMethod().equals("POST") && ownPage) {
            try {
                user = sessions.userOf(request); // never from the body or the query
            } catch (Exception error) {
                // Nobody, then.
            }
        }
        if (user == null) {
            answer(request, 401, "{}");
            return;
        }
        var login = logIn(user);
        if (login == null) {
            answer(request, 502, "{}");
            return;
        }
        answer(request, 200, "{\"userId\":" + quote(login.userId()) + ",\"authToken\":"
            + quote(login.authToken()) + ",\"username\":" + quote(user.name()) + "}");
    }

    /** A fresh login token. Whatever goes wrong with Rocket.Chat, the answer is null. */
    public Login logIn(ChatUser user) {
        var body = "{\"user\":" + quote(user.name()) + ",\"password\":" + quote(user.password()) + "}";
        var request = HttpRequest.newBuilder(loginAddress)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
        var asked = client.sendAsync(request, HttpResponse.BodyHandlers.ofString());
        try {
            var text = asked.get(TIME_LIMIT.toSeconds(), TimeUnit.SECONDS).body();
            var userId = valueOf("userId", text);
            var authToken = valueOf("authToken", text);
            return userId == null || authToken == null ? null : new Login(userId, authToken);
        } catch (InterruptedException error) {
            Thread.currentThread().interrupt();
            return null;
        } catch (Exception error) {
            return null;
        } finally {
            asked.cancel(true);
        }
    }

    /**
     * Finds a value in Rocket.Chat's answer, which begins with both ids. Inside a text of somebody's
     * profile a quotation mark has a backslash before it, so that no such text is taken for one.
     */
    private static String valueOf(String name, String json) {
        Matcher found = Pattern.compile("\"" + name + "\"\\s*:\\s*\"([\\w-]+)\"").matcher(json);
        return found.find() ? found.group(1) : null;
    }

    /** Writes a text as JSON. */
    private static String quote(String text) {
        var json = new StringBuilder("\"");
        for (char each : text.toCharArray()) {
            if (each == '"' || each == '\\') {
                json.append('\\').append(each);
            } else if (each < ' ') {
                json.append(String.format("\\u%04x", (int) each));
            } else {
                json.append(each);
            }
        }
        return json.append('"').toString();
    }

    /** An error is its status, and no more. */
    private static void answer(HttpExchange request, int status, String json) throws IOException {
        request.getResponseHeaders().set("Content-Type", "application/json");
        request.getResponseHeaders().set("Cache-Control", "no-store");
        var bytes = json.getBytes(UTF_8);
        request.sendResponseHeaders(status, bytes.length);
        try (var out = request.getResponseBody()) {
            out.write(bytes);
        }
    }
}
