// The posts and authors by graph-gophers/graphql-go, as its users write it, on all processors.
//
//	graphql-go PORT UPSTREAM dataloader|cached|coalesced|whole
//
//	dataloader  the authors of one request are fetched once each
//	cached      so are they, and upstream responses are cached for ten minutes
//	coalesced   equal upstream calls at the same time are one (golang.org/x/sync/singleflight), and nothing is cached
//	whole       as cached, and the whole response is cached by the request's bytes and key
//
// The library has no way to hand it a parsed document, so that it parses and validates each.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"strconv"
	"sync"
	"time"

	graphql "github.com/graph-gophers/graphql-go"
	"golang.org/x/sync/singleflight"
)

const schemaText = `
	schema { query: Query }
	type Query { posts: [Post!]! user(id: ID!): User }
	type Post { id: ID! userId: ID! title: String! body: String user: User }
	type User { id: ID! name: String! email: String! friend: User }
`

const (
	lifetime    = 10 * time.Minute
	mostEntries = 10_000
	connections = 64
)

// bounded is a cache whose entries live for ten minutes; any entry makes place for a new one.
type bounded struct {
	mutex   sync.RWMutex
	entries map[string]entry
}

type entry struct {
	value interface{}
	until time.Time
}

func (cache *bounded) get(name string) (interface{}, bool) {
	cache.mutex.RLock()
	defer cache.mutex.RUnlock()
	found, ok := cache.entries[name]
	return found.value, ok && time.Now().Before(found.until)
}

func (cache *bounded) set(name string, value interface{}) {
	cache.mutex.Lock()
	defer cache.mutex.Unlock()
	if len(cache.entries) >= mostEntries {
		for other := range cache.entries {
			delete(cache.entries, other)
			break
		}
	}
	cache.entries[name] = entry{value, time.Now().Add(lifetime)}
}

// source makes the calls of the upstream, in one of the modes.
type source struct {
	base, mode string
	client     *http.Client
	flights    singleflight.Group
	responses  bounded
}

func call[Row, Value any](source *source, key, path string, convert func(Row) Value) (value Value, err error) {
	request, err := http.NewRequest(http.MethodGet, source.base+path, nil)
	if err != nil {
		return value, err
	}
	request.Header.Set("Authorization", key)
	response, err := source.client.Do(request)
	if err != nil {
		return value, err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return value, fmt.Errorf("the upstream responds with %d", response.StatusCode)
	}
	content, err := io.ReadAll(response.Body)
	if err != nil {
		return value, err
	}
	var row Row
	if err := json.Unmarshal(content, &row); err != nil {
		return value, err
	}
	return convert(row), nil
}

// get returns what a path has, converted once for all that share or cache it.
func get[Row, Value any](source *source, key, path string, convert func(Row) Value) (none Value, err error) {
	if source.mode == "dataloader" {
		return call(source, key, path, convert)
	}
	name := key + " " + path
	isCached := source.mode != "coalesced"
	if isCached {
		if known, ok := source.responses.get(name); ok {
			return known.(Value), nil
		}
	}
	value, err, _ := source.flights.Do(name, func() (interface{}, error) {
		value, err := call(source, key, path, convert)
		if err == nil && isCached {
			source.responses.set(name, value)
		}
		return value, err
	})
	if err != nil {
		return none, err
	}
	return value.(Value), nil
}

// loader does what DataLoader does: each key of a request is loaded once.
type loader struct {
	source *source
	key    string
	mutex  sync.Mutex
	users  map[graphql.ID]*pendingUser
}

type pendingUser struct {
	once sync.Once
	user *User
	err  error
}

type loaderKey struct{}

func loaderOf(ctx context.Context) *loader { return ctx.Value(loaderKey{}).(*loader) }

func (loader *loader) user(id graphql.ID) (*User, error) {
	loader.mutex.Lock()
	pending := loader.users[id]
	if pending == nil {
		pending = &pendingUser{}
		loader.users[id] = pending
	}
	loader.mutex.Unlock()
	pending.once.Do(func() {
		pending.user, pending.err = get(loader.source, loader.key, "/users/"+string(id), userOf)
	})
	return pending.user, pending.err
}

// number is an id that the upstream writes as a number, and GraphQL as a string.
type number struct{ graphql.ID }

func (id *number) UnmarshalJSON(text []byte) error {
	id.ID = graphql.ID(text)
	return nil
}

type query struct{}

func (*query) Posts(ctx context.Context) ([]*Post, error) {
	loader := loaderOf(ctx)
	return get(loader.source, loader.key, "/posts", postsOf)
}

func (*query) User(ctx context.Context, arguments struct{ ID graphql.ID }) (*User, error) {
	return loaderOf(ctx).user(arguments.ID)
}

// postRow and userRow are what the upstream sends.
type postRow struct {
	ID     number `json:"id"`
	UserID number `json:"userId"`
	Title  string `json:"title"`
	Body   string `json:"body"`
}

type userRow struct {
	ID       number `json:"id"`
	Name     string `json:"name"`
	Email    string `json:"email"`
	FriendID number `json:"friendId"`
}

// Post resolves the type of that name: the library takes fields where there is no method.
type Post struct {
	ID     graphql.ID
	UserID graphql.ID
	Title  string
	Body   *string
}

// User resolves the author.
func (post *Post) User(ctx context.Context) (*User, error) { return loaderOf(ctx).user(post.UserID) }

// User resolves the type of that name.
type User struct {
	ID       graphql.ID
	Name     string
	Email    string
	friendID graphql.ID
}

// Friend resolves the friend.
func (user *User) Friend(ctx context.Context) (*User, error) {
	return loaderOf(ctx).user(user.friendID)
}

func postsOf(rows []postRow) []*Post {
	posts := make([]*Post, len(rows))
	for index := range rows {
		row := &rows[index]
		posts[index] = &Post{row.ID.ID, row.UserID.ID, row.Title, &row.Body}
	}
	return posts
}

func userOf(row userRow) *User { return &User{row.ID.ID, row.Name, row.Email, row.FriendID.ID} }

// server is the endpoint of GraphQL.
type server struct {
	schema  *graphql.Schema
	source  *source
	results bounded
}

func (server *server) ServeHTTP(writer http.ResponseWriter, request *http.Request) {
	if request.Method == http.MethodGet {
		return
	}
	content, err := server.respond(request)
	if err != nil {
		http.Error(writer, err.Error(), http.StatusInternalServerError)
		return
	}
	writer.Header().Set("Content-Type", "application/json")
	writer.Header().Set("Content-Length", strconv.Itoa(len(content)))
	writer.Write(content)
}

func (server *server) respond(request *http.Request) ([]byte, error) {
	body, err := io.ReadAll(request.Body)
	if err != nil {
		return nil, err
	}
	key := request.Header.Get("Authorization")
	isWhole := server.source.mode == "whole"
	name := ""
	if isWhole {
		name = key + " " + string(body)
		if known, ok := server.results.get(name); ok {
			return known.([]byte), nil
		}
	}
	var parameters struct {
		Query         string                 `json:"query"`
		OperationName string                 `json:"operationName"`
		Variables     map[string]interface{} `json:"variables"`
	}
	if err := json.Unmarshal(body, &parameters); err != nil {
		return nil, err
	}
	ctx := context.WithValue(request.Context(), loaderKey{}, &loader{source: server.source, key: key, users: map[graphql.ID]*pendingUser{}})
	response := server.schema.Exec(ctx, parameters.Query, parameters.OperationName, parameters.Variables)
	content, err := json.Marshal(response)
	if isWhole && err == nil && len(response.Errors) == 0 {
		server.results.set(name, content)
	}
	return content, err
}

func main() {
	port, upstream, mode := os.Args[1], os.Args[2], os.Args[3]
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConns, transport.MaxIdleConnsPerHost = connections, connections
	transport.DisableCompression = true
	source := &source{
		base: upstream, mode: mode, client: &http.Client{Transport: transport}, responses: bounded{entries: map[string]entry{}},
	}
	server := &server{
		schema:  graphql.MustParseSchema(schemaText, &query{}, graphql.UseFieldResolvers()),
		source:  source,
		results: bounded{entries: map[string]entry{}},
	}
	log.Fatal(http.ListenAndServe("127.0.0.1:"+port, server))
}
